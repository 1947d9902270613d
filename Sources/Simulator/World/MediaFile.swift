/// The file or folder behind an item, as every service sees it: one path for all, as in most set-ups.
struct MediaFile {
    let title: Title
    let isCopy: Bool
    let folder: Int
    let width: Int
    let height: Int
    private let location: String
    private let directory: String

    init(_ title: Title, name: String, copy: Bool, generation: Int) {
        self.title = title
        isCopy = copy
        let place = JellyfinFolder.place(of: title, copy: copy)
        folder = place.folder
        location = place.location
        let isUltra = copy && title.odd.contains(.pair4K)
        width = isUltra ? 3_840 : 1_920
        height = isUltra ? 2_160 : 1_080
        // A move that keeps the name shows in the folder.
        directory = "\(Self.safe(name)) (\(title.year))" + (generation > 0 ? " [\(generation)]" : "")
    }

    /// A name without the characters file systems refuse.
    static func safe(_ name: String) -> String {
        name.utf8.contains(where: { $0 == UInt8(ascii: ":") || $0 == UInt8(ascii: "/") })
            ? String(name.map { $0 == ":" || $0 == "/" ? "-" : $0 }) : name
    }

    /// Size in bytes of the file of a media source.
    func size(_ source: Int) -> Int64 {
        let base = 1_500_000_000 + Int64(title.dice.roll(title.number, .size) % 9_000_000_000)
        return (isCopy ? base * 3 : base) / Int64(source + 1)
    }

    /// The folder, JSON-escaped, without quotes.
    func writeFolder(_ out: inout JSONText) {
        out.plain(location)
        out.put("/")
        out.inner(directory)
    }

    /// A film's file; the second source is the smaller version.
    func writePath(_ source: Int, _ out: inout JSONText) {
        writeFolder(&out)
        out.put("/")
        writeFileName(source, &out)
    }

    /// A film's file name.
    func writeFileName(_ source: Int, _ out: inout JSONText) {
        out.inner(directory)
        out.put(source > 0 ? " - 720p.mkv" : width > 3_000 ? " - 2160p.mkv" : " - 1080p.mkv")
    }

    /// A season's folder.
    func writeSeason(_ season: Int, _ out: inout JSONText) {
        writeFolder(&out)
        if season == 0 {
            out.put("/Specials")
        } else {
            out.put("/Season ")
            out.number(season, width: 2)
        }
    }

    /// An episode's file.
    func writeEpisode(season: Int, number: Int, _ out: inout JSONText) {
        writeSeason(season, &out)
        out.put("/")
        writeEpisodeName(season: season, number: number, &out)
    }

    /// An episode's file name.
    func writeEpisodeName(season: Int, number: Int, _ out: inout JSONText) {
        out.inner(directory)
        out.put(" - S")
        out.number(season, width: 2)
        out.put("E")
        out.number(number, width: 2)
        out.put(".mkv")
    }
}
