/// The Jellyfin generations whose behaviour differs for a client (upstreams.md §6).
public enum JellyfinVersion: String, Sendable, CaseIterable {
    case v10_8 = "10.8"
    case v10_9 = "10.9"
    case v10_10 = "10.10"
    case v10_11 = "10.11"
    case v12 = "12"

    /// The full version the server reports.
    var number: String {
        switch self {
        case .v10_8: "10.8.13"
        case .v10_9: "10.9.11"
        case .v10_10: "10.10.7"
        case .v10_11: "10.11.11"
        case .v12: "12.0.0"
        }
    }

    /// Whether `X-Emby-Token`, `Authorization: Emby`, `?api_key=` and their like are understood.
    var takesLegacyCredentials: Bool { self != .v12 }
    /// Whether `GET /Items` needs a `userId`.
    var needsUserForItems: Bool { self == .v10_8 }
    /// Whether `GET /Items/{id}` with a key and no `userId` is refused.
    var refusesItemWithoutUser: Bool { self != .v10_8 && self != .v10_9 }

    /// Whether a key, which has no user, makes deleting items fail.
    var failsDeletingWithKey: Bool { self == .v10_8 }

    /// What `minDateLastSaved` does: nil when it filters, otherwise the error it runs into.
    var minDateLastSavedFailure: Int? {
        switch self {
        case .v10_8: 400
        case .v10_9, .v10_10: 500
        case .v10_11, .v12: nil
        }
    }
}
