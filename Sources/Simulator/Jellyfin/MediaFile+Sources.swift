// Jellyfin's MediaSources: the files of an item and what is in them.
extension MediaFile {
    /// A film's media sources: one, or two where the title says so.
    func writeSources(_ out: inout JSONText) {
        writeSource(0, name: nil, &out)
        guard title.odd.contains(.twoSources), !isCopy else { return }
        out.put(",")
        writeSource(1, name: nil, &out)
    }

    /// One media source; of an episode when `name` gives season and number.
    func writeSource(_ source: Int, name: (season: Int, number: Int)?, _ out: inout JSONText) {
        let salt = UInt64(source + (isCopy ? 2 : 0)) &+ UInt64((name?.season ?? 0) * 1_000 + (name?.number ?? 0)) << 8
        let tag = Dice.mix(title.dice.roll(title.number, .codec) &+ salt)
        out.put(#"{"Protocol":"File","Id":""#)
        out.hex(tag)
        out.hex(Dice.mix(tag))
        out.put(#"","Path":""#)
        if let name {
            writeEpisode(season: name.season, number: name.number, &out)
        } else {
            writePath(source, &out)
        }
        out.put(#"","Type":"Default","Container":"mkv","Size":"#)
        out.number(size(source))
        out.put(#","Name":""#)
        if let name {
            writeEpisodeName(season: name.season, number: name.number, &out)
        } else {
            writeFileName(source, &out)
        }
        out.put(#"","IsRemote":false,"RunTimeTicks":"#)
        out.number(title.runtime)
        out.put(#","SupportsTranscoding":true,"SupportsDirectStream":true,"SupportsDirectPlay":true"#)
        out.put(#","VideoType":"VideoFile","MediaStreams":["#)
        writeStreams(source, &out)
        out.put(#"],"Bitrate":"#)
        out.number(size(source) * 8 * Ticks.perSecond / max(title.runtime, 1))
        out.put(#","DefaultAudioStreamIndex":1,"HasSegments":false}"#)
    }

    private func writeStreams(_ source: Int, _ out: inout JSONText) {
        let (wide, high) = source > 0 ? (1_280, 720) : (width, height)
        out.put(width > 3_000 ? #"{"Codec":"hevc","VideoRange":"HDR""# : #"{"Codec":"h264","VideoRange":"SDR""#)
        out.put(#","BitRate":"#)
        out.number(title.number(.codec, in: 2_000_000..<9_000_000))
        out.put(#","IsDefault":true,"IsForced":false,"Height":"#)
        out.number(high)
        out.put(#","Width":"#)
        out.number(wide)
        out.put(#","AverageFrameRate":23.976,"Type":"Video","Index":0,"IsExternal":false}"#)
        out.put(#",{"Codec":"eac3","Language":"eng","ChannelLayout":"5.1","BitRate":640000,"Channels":6"#)
        out.put(#","SampleRate":48000,"IsDefault":true,"IsForced":false,"Type":"Audio","Index":1,"IsExternal":false}"#)
    }
}
