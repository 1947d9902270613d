/// A title in one *arr: its own id, paths and files.
struct ArrEntry: Sendable {
    let place: Int
    /// The service: `radarr`, `radarr/4k`, `sonarr`.
    let service: String
    /// The title's number in the flow.
    let title: Int
    /// The film's or series' id there.
    let id: Int
    let added: Int64
    var isMonitored = true
    /// By unit; of a film one.
    var monitored: [Bool]
    var root: String
    /// The folder, without the root.
    var folder: String
    var qualityProfile: Int
    var tags: [Int] = []
    /// The file of each unit.
    var files: [Int: ArrFile] = [:]
    var isDeleted = false

    var path: String { "\(root)/\(folder)" }
}

/// A file an *arr imported.
struct ArrFile: Sendable, Hashable {
    let id: Int
    var units: [Int]
    /// Below the title's folder.
    var relativePath: String
    let size: Int64
    let quality: FlowQuality
    let added: Int64
    /// Of the download it came from.
    let hash: String?
    let release: Release?
}

/// One line of an *arr's history.
struct ArrHistory: Sendable {
    enum Kind: String, Sendable {
        case grabbed, downloadFolderImported, downloadFailed, downloadIgnored
        case episodeFileDeleted, episodeFileRenamed, movieFileDeleted, movieFileRenamed
    }

    let id: Int
    let service: String
    let entry: Int
    let unit: Int
    let kind: Kind
    let date: Int64
    /// Lower case.
    let hash: String?
    let sourceTitle: String
    let quality: FlowQuality
    let data: [(name: String, value: String)]
}
