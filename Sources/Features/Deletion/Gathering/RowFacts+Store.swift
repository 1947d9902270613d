import Database
import Media
import Store

extension RowFacts {
    /// What the store knows of a row.
    init(_ tracked: TrackedRequest, in reader: Reader, commonPath: (String, String, String) -> String) throws {
        self.init(tracked.row)
        seerrRequests = try reader.seerrIDs(of: tracked.id)
        for download in tracked.facts.downloads {
            hashes += ([download.downloadID] + download.hashes).compactMap { TorrentHash($0) }
        }
        for hash in Set(hashes) {
            let names = try reader.titles(sharing: hash, besides: tracked.row)
            if !names.isEmpty { sharers[hash] = names }
        }
        items = [tracked.row.jellyfin?.id].compactMap(\.self)
        for fact in tracked.facts.observations where fact.holds {
            switch fact.fact {
            case .imported, .hasFile, .pathChanged:
                guard let path = fact.details[.path] else { continue }
                paths.append(PathKey.normal(commonPath(path, fact.service, fact.instance)))
            case .fileMatched, .fileSeen:
                if let file = Int64(fact.naturalKey.prefix { $0 != "|" }) { shokoFiles.append(file) }
            default: break
            }
        }
        shokoFiles = Array(Set(shokoFiles)).sorted()
        paths = Array(Set(paths)).sorted()
    }
}

extension Reader {
    /// Titles of other media that a torrent was grabbed for, too.
    fileprivate func titles(sharing hash: TorrentHash, besides row: RequestRecord) throws -> [String] {
        let others = try requests(ofDownload: hash.text) + requests(ofDownload: hash.listed)
        return Array(Set(others.filter { $0.id != row.id && !$0.isSameMedium(as: row) }.map(\.title))).sorted()
    }

    /// The live rows of the same medium, whatever their copy and seasons.
    func siblings(of row: RequestRecord) throws -> [RequestRecord] {
        var found: [RequestRecord] = []
        let numbers: [(String, String)] = [
            row.tmdb.map { ("tmdb", String($0)) }, row.tvdb.map { ("tvdb", String($0)) },
            row.imdb.map { ("imdb", $0) },
        ].compactMap(\.self)
        for (kind, value) in numbers {
            for other in try requests(kind: kind, value: value)
            where other.id != row.id && other.state != .deleted && other.mediaType == row.mediaType
                && !found.contains(where: { $0.id == other.id }) && other.isSameMedium(as: row)
            {
                found.append(other)
            }
        }
        return found.sorted { $0.id < $1.id }
    }
}

extension RequestRecord {
    /// Whether two rows stand for one medium: the same kind, and no number that says otherwise.
    func isSameMedium(as other: RequestRecord) -> Bool {
        guard mediaType == other.mediaType else { return false }
        if let tmdb, let its = other.tmdb { return tmdb == its }
        if let tvdb, let its = other.tvdb { return tvdb == its }
        if let imdb, let its = other.imdb { return imdb == its }
        return false
    }
}
