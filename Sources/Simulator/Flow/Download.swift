/// One grabbed release: the *arr's queue record, and the torrent in the client.
struct Download: Sendable {
    enum ImportState: String, Sendable {
        case downloading, importBlocked, importPending, importing, imported, failedPending, failed, ignored
    }

    let number: Int
    /// Place of the *arr's entry.
    let entry: Int
    let units: [Int]
    /// 40 digits, lower case.
    let hash: String
    let release: Release
    let grabbedAt: Int64
    let isUpgrade: Bool

    // The torrent.
    var phase = FlowTorrent.Phase.metadata
    var phaseSince: Int64
    /// Bytes had when the phase began.
    var bytes: Int64 = 0
    /// Bytes a second while downloading.
    let rate: Int64
    var completedAt: Int64?
    var isInClient = true
    /// Counts starts and stops: what was planned before is void.
    var plan = 0
    /// Whether its one stall is still to come.
    var stallsAt: Int64?
    var revisionBase = 1

    // The queue.
    var state = ImportState.downloading
    var messages: [String] = []
    var error: String?
    var isInQueue = true
    /// Shared besides another torrent of the same content; no *arr knows of it.
    var isCrossSeed = false

    var isSlow: Bool { phase == .stalled || phase == .stopped }

    /// Bytes had at a moment.
    func bytes(at now: Int64) -> Int64 {
        guard phase == .downloading else { return bytes }
        return min(release.size, bytes + Int64(Double(now - phaseSince) / Double(Ticks.perSecond) * Double(rate)))
    }

    /// Grows with every change, and each second while bytes come in.
    func revision(at now: Int64) -> Int {
        revisionBase + (phase == .downloading ? Int((now - phaseSince) / Ticks.perSecond) : 0)
    }

    /// Goes over to another phase; voids what was planned.
    mutating func enter(_ next: FlowTorrent.Phase, at now: Int64) {
        bytes = bytes(at: now)
        revisionBase = revision(at: now) + 1
        phase = next
        phaseSince = now
        plan += 1
    }
}

/// A release as an indexer offers it.
struct Release: Sendable, Hashable {
    let title: String
    let indexer: String
    let group: String
    let quality: FlowQuality
    /// Bytes of all files.
    let size: Int64
}

/// A quality with its number in the *arrs.
struct FlowQuality: Sendable, Hashable {
    let id: Int
    let name: String
    let source: String
    let resolution: Int

    static let web1080 = FlowQuality(id: 3, name: "WEBDL-1080p", source: "web", resolution: 1_080)
    static let bluray1080 = FlowQuality(id: 7, name: "Bluray-1080p", source: "bluray", resolution: 1_080)
    static let bluray2160 = FlowQuality(id: 19, name: "Bluray-2160p", source: "bluray", resolution: 2_160)
}
