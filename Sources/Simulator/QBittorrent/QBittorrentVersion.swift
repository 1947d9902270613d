/// The qBittorrent generations whose behaviour differs for a client (upstreams.md §4).
public enum QBittorrentVersion: String, Sendable, CaseIterable {
    case v4_6 = "4.6"
    case v5_1 = "5.1"
    case v5_2 = "5.2"

    /// The full version, as `app/version` says it.
    var number: String {
        switch self {
        case .v4_6: "v4.6.7"
        case .v5_1: "v5.1.4"
        case .v5_2: "v5.2.3"
        }
    }

    /// The version of the Web API.
    var api: String {
        switch self {
        case .v4_6: "2.9.3"
        case .v5_1: "2.11.4"
        case .v5_2: "2.15.1"
        }
    }

    /// What the cookie is called; from 5.2 after the port qBittorrent itself listens on, whatever a proxy shows.
    var cookie: String { self == .v5_2 ? "QBT_SID_8080" : "SID" }

    /// Whether the login answers by its status; else by the words `Ok.` and `Fails.`.
    var answersLoginByStatus: Bool { self == .v5_2 }
    /// Whether API keys and Basic credentials are understood.
    var takesKeysAndBasic: Bool { self == .v5_2 }
    /// `paused` became `stopped`, in states, filters and the names of calls.
    var saysStopped: Bool { self != .v4_6 }
}
