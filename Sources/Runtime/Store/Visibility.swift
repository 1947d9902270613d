import Database
import Media

/// Which requests a caller may know of (security.md §3).
///
/// A request without a known owner is visible to `all` only.
public enum Visibility: Sendable, Hashable {
    case all
    /// Those of one Jellyfin user, by id in the form of `JellyfinUserID`.
    case owner(String)

    /// The requests of a Jellyfin user, by id as any service writes it; none for an id that is none.
    public init(owner id: String) { self = .owner(JellyfinUserID(id)?.text ?? "") }
}
