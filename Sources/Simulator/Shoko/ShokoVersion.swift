/// The Shoko generations whose behaviour differs for a client (upstreams.md §5).
public enum ShokoVersion: String, Sendable, CaseIterable {
    case v5 = "5"
    case v6 = "6"

    /// The full version, as `Init/Version` says it.
    var number: String { self == .v5 ? "5.3.3.0" : "6.0.0.0" }
    var channel: String { self == .v5 ? "Stable" : "Dev" }

    /// The route of the folders it watches.
    var folderRoute: String { self == .v5 ? "importfolder" : "managedfolder" }
    /// What a folder's number is called.
    var folderID: String { self == .v5 ? "ImportFolderID" : "ManagedFolderID" }

    /// The feeds there are; others are ignored without a word.
    var feeds: Set<String> {
        switch self {
        case .v5: ["anidb", "queue", "shoko", "avdump", "network"]
        case .v6:
            [
                "anidb", "avdump", "configuration", "file", "group", "managedfolder", "metadata", "network", "plugin",
                "queue", "release", "user", "userdata",
            ]
        }
    }
}
