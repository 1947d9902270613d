/// A torrent as it is at one virtual moment: what qBittorrent shows in its own words.
struct FlowTorrent: Sendable, Hashable {
    /// What the client does with it.
    enum Phase: String, Sendable, Hashable {
        /// A magnet without its metadata: no files, no size.
        case metadata
        case downloading
        /// Unfinished and no peer gives anything.
        case stalled
        /// Stopped (paused) by somebody; finished when `amountLeft` is 0.
        case stopped
        /// Finished and shared.
        case seeding
        case error
        /// The files are gone from the disk.
        case missingFiles
    }

    struct File: Sendable, Hashable {
        let index: Int
        /// Relative to the save path, with `/`.
        let name: String
        let size: Int64
        /// 0 to 1.
        let progress: Double
    }

    /// What its tracker and the client want of it.
    struct Sharing: Sendable, Hashable {
        var isPrivate = false
        /// Nil for no such goal.
        var maxRatio: Double?
        var maxSeedingMinutes: Int?
        /// Since it was finished; a day of it is a ratio of 1.
        var seconds: Int?
    }

    /// 40 digits, lower case.
    let hash: String
    let name: String
    /// `radarr`, `radarr-4k`, `sonarr`.
    let category: String
    let savePath: String
    /// The file, or the folder of several.
    let contentPath: String
    let files: [File]
    /// Bytes; 0 while the metadata is missing.
    let size: Int64
    /// 0 to 1.
    let progress: Double
    let phase: Phase
    /// Bytes a second.
    let downloadSpeed: Int64
    /// Nil when nobody can tell.
    let etaSeconds: Int?
    let amountLeft: Int64
    let seeds: Int
    let leeches: Int
    /// In 100 ns since 1970, as all moments here.
    let addedAt: Int64
    let completedAt: Int64?
    /// Grows whenever anything of the torrent changes, progress included (once a virtual second).
    let revision: Int
    /// Nil for what its hash makes of it.
    var sharing: Sharing?
}
