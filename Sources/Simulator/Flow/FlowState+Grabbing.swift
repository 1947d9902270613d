// Searching, and what is found.
extension FlowState {
    /// Looks for what is missing among these units: whole seasons as packs, else one release each.
    mutating func search(_ entry: Int, _ units: [Int]) {
        guard !entries[entry].isDeleted, rejections[entries[entry].title] == nil else { return }
        let title = title(entries[entry].title)
        let missing = units.filter { isMissing($0, entry) }
        for season in title.isFilm ? [0] : title.seasons {
            let ofSeason = title.isFilm ? missing : missing.filter { title.episodes[$0].season == season }
            let isWhole =
                !title.isFilm && ofSeason.count > 1 && ofSeason.count == title.units(ofSeasons: [season]).count
            if isWhole && !splitsSeasons.contains(title.number) {
                grab(entry, ofSeason)
            } else {
                for unit in ofSeason { grab(entry, [unit]) }
            }
        }
    }

    // Monitored, out, without a file, and nothing on its way.
    private func isMissing(_ unit: Int, _ entry: Int) -> Bool {
        let title = title(entries[entry].title)
        guard entries[entry].isMonitored, entries[entry].monitored[unit], entries[entry].files[unit] == nil,
            title.isFilm || title.episodes[unit].airs <= now
        else { return false }
        return !downloads.contains { $0.entry == entry && $0.isInQueue && $0.units.contains(unit) }
    }

    /// Takes a release for these units.
    ///
    /// - Returns: the place of the download.
    @discardableResult
    mutating func grab(_ entry: Int, _ units: [Int], quality: FlowQuality? = nil) -> Int {
        let number = downloads.count
        let offered = release(entry, units, quality: quality ?? Self.quality(entries[entry], units), salt: number)
        let isUpgrade = units.contains { entries[entry].files[$0] != nil }
        let rate = Int64(draw(delays.rate, salt: salt(number, 5)) * 1_000_000)
        var download = Download(
            number: number, entry: entry, units: units, hash: hash(number), release: offered, grabbedAt: now,
            isUpgrade: isUpgrade, phaseSince: now, rate: rate)
        if delays.stalls > 0, dice.number(number, .flowRelease, in: 0..<delays.stalls) == 0 {
            download.stallsAt = offered.size / 100 * Int64(dice.number(number, .flowSize, in: 20..<80))
        }
        downloads.append(download)
        for unit in units { note(.grabbed, entry, unit, download, data: grabbedData(download)) }
        tellGrab(number)
        plan(.metadata(download: number), after: delays.metadata, salt: salt(number, 6))
        return number
    }

    private func hash(_ number: Int) -> String {
        dice.hex(number, .flowHash) + String(Hex.text(dice.roll(number, .flowRelease)).prefix(8))
    }

    private static func quality(_ entry: ArrEntry, _ units: [Int]) -> FlowQuality {
        entry.service == "radarr/4k" ? .bluray2160 : entry.service == "radarr" ? .bluray1080 : .web1080
    }

    /// A release as an indexer would offer it.
    func release(_ entry: Int, _ units: [Int], quality: FlowQuality, salt: Int) -> Release {
        let title = title(entries[entry].title)
        let group = ["KETTLE", "HERON", "NINTH", "TRAM"][dice.number(salt, .flowRelease, in: 0..<4)]
        let dotted = MediaFile.safe(title.name).filter { $0 != "," }.split { " -".contains($0) }.joined(separator: ".")
        let part: String
        if title.isFilm {
            part = "\(title.year)"
        } else if let first = units.first, units.count == 1 {
            part = "S\(Self.two(title.episodes[first].season))E\(Self.two(title.episodes[first].number))"
        } else {
            part = "S\(Self.two(units.first.map { title.episodes[$0].season } ?? 1))"
        }
        let name =
            title.isAnime && !title.isFilm
            ? "[\(group)] \(dotted).\(part).\(quality.name)" : "\(dotted).\(part).\(quality.name)-\(group)"
        let sizes = units.map { size(title, $0, quality: quality) }
        return Release(
            title: name,
            indexer: ["Tin Kettle", "Slow Tracker", "Two Herons"][dice.number(salt, .flowSize, in: 0..<3)],
            group: group, quality: quality, size: sizes.reduce(0, +))
    }

    /// Bytes of one unit's file.
    func size(_ title: FlowTitle, _ unit: Int, quality: FlowQuality) -> Int64 {
        let range: Range<Int> = title.isFilm ? 3_000_000_000..<12_000_000_000 : 500_000_000..<1_800_000_000
        let bytes = Int64(dice.number(salt(title.number, unit) &* 8 &+ quality.id, .flowSize, in: range))
        return quality.resolution > 1_080 ? bytes * 3 : bytes
    }

    static func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }

    /// Writes one line of history.
    mutating func note(
        _ kind: ArrHistory.Kind, _ entry: Int, _ unit: Int, _ download: Download?,
        sourceTitle: String? = nil, quality: FlowQuality? = nil, data: [(name: String, value: String)]
    ) {
        let service = entries[entry].service
        history.append(
            ArrHistory(
                id: 500_000 + history.count + 1, service: service, entry: entry, unit: unit, kind: kind, date: now,
                hash: download?.hash, sourceTitle: sourceTitle ?? download?.release.title ?? "",
                quality: quality ?? download?.release.quality ?? .web1080, data: data))
    }

    private func grabbedData(_ download: Download) -> [(name: String, value: String)] {
        [
            ("indexer", download.release.indexer), ("nzbInfoUrl", ""), ("releaseGroup", download.release.group),
            ("age", "0"), ("ageHours", "0.5"), ("publishedDate", ArrDate.text(download.grabbedAt)),
            ("downloadClient", "qBittorrent"), ("downloadClientName", "qBittorrent"),
            ("size", String(download.release.size)), ("protocol", "2"), ("torrentInfoHash", download.hash.uppercased()),
            ("releaseType", download.units.count > 1 ? "SeasonPack" : "SingleEpisode"),
        ]
    }
}

/// Moments as the *arrs write them, as text.
enum ArrDate {
    static func text(_ ticks: Int64) -> String {
        var out = JSONText()
        out.date(ticks)
        return String(decoding: out.bytes.dropFirst().dropLast(), as: UTF8.self)
    }

    static func day(_ ticks: Int64) -> String { String(text(ticks).prefix(10)) }
}
