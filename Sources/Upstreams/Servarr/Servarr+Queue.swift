public import HTTPClient
import JSONStream
public import Media

extension Servarr {
    /// Reads the whole queue, what the program cannot place included.
    ///
    /// - Returns: one record per film or episode; those of a pack share a download id, each with the whole size.
    /// - Throws: `UpstreamError` unless every page came and their records add up: unknown, never "gone".
    public func queue() async throws(UpstreamError) -> [QueueReading] {
        let scope: [(String, String)] =
            switch kind {
            case .radarr: [("includeUnknownMovieItems", "true")]
            case .sonarr: [("includeUnknownSeriesItems", "true"), ("includeEpisode", "true")]
            }
        return try await allPages("queue", query: scope, size: 200) { QueueReading($0, kind) }
    }

    /// Reads what is monitored, due, and without a file; of Radarr also what is not released yet.
    ///
    /// - Throws: `UpstreamError` unless every page came and their records add up.
    public func missing() async throws(UpstreamError) -> [MissingReading] {
        try await allPages("wanted/missing", query: [("monitored", "true")], size: 500) { MissingReading($0, kind) }
    }
}

extension QueueReading {
    init(_ node: JSONNode, _ kind: Servarr.Kind) {
        self.init(title: node["title"].filledText ?? "", status: node["status"].filledText ?? "unknown")
        downloadID = node["downloadId"].filledText?.lowercased()
        arrTitle = node[kind == .radarr ? "movieId" : "seriesId"].id
        if kind == .sonarr {
            let episode = node["episode"]
            arrEpisode = node["episodeId"].id ?? episode["id"].id
            if let season = episode["seasonNumber"].ordinal ?? node["seasonNumber"].ordinal,
                let number = episode["episodeNumber"].ordinal
            {
                unit = UnitNumber(season, number)
            }
        }
        trackedState = node["trackedDownloadState"].filledText
        trackedStatus = node["trackedDownloadStatus"].filledText
        messages = StatusWords(node["statusMessages"]).messages
        errorMessage = node["errorMessage"].filledText
        size = node["size"].size
        sizeLeft = node["sizeleft"].double.flatMap { $0 >= 0 && $0 < 1e18 ? Int64($0) : nil }
        timeLeft = node["timeleft"].text.flatMap { Duration(timeLeft: $0) }
        indexer = node["indexer"].filledText
        quality = node.qualityName
        isTorrent = node["protocol"].text?.lowercased() == "torrent"
    }
}

extension MissingReading {
    init?(_ node: JSONNode, _ kind: Servarr.Kind) {
        switch kind {
        case .radarr:
            guard let id = node["id"].id else { return nil }
            self.init(arrTitle: id, isAvailable: node["isAvailable"].bool)
        case .sonarr:
            guard let series = node["seriesId"].id, let id = node["id"].id else { return nil }
            self.init(arrTitle: series, arrEpisode: id)
            if let season = node["seasonNumber"].ordinal, let number = node["episodeNumber"].ordinal {
                unit = UnitNumber(season, number)
            }
        }
    }
}

extension Duration {
    /// Reads `hh:mm:ss` or `d.hh:mm:ss`, with or without a fraction (upstreams.md §0, rule 13).
    init?(timeLeft text: String) {
        var parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 3 else { return nil }
        var days: Int64 = 0
        if let dot = parts[0].firstIndex(of: ".") {
            guard let number = Int64(parts[0][..<dot]), (0...100_000).contains(number) else { return nil }
            days = number
            parts[0] = parts[0][parts[0].index(after: dot)...]
        }
        let seconds = parts[2].prefix { $0 != "." }
        guard let hours = Int64(parts[0]), let minutes = Int64(parts[1]), let seconds = Int64(seconds),
            (0..<24).contains(hours), (0..<60).contains(minutes), (0..<60).contains(seconds)
        else { return nil }
        self = .seconds(((days * 24 + hours) * 60 + minutes) * 60 + seconds)
    }
}
