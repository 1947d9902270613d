/// What a route asks of its caller; every route declares exactly one (api.md §1).
public enum Permission: Sendable, Hashable {
    /// Anyone.
    case open
    /// Whoever may see requests.
    case user
    /// Whoever may change things; with `reads`, readers too.
    case operate(reads: Bool = false)
    /// Settings, keys, backups.
    case admin
    /// A sender of webhooks, by its secret.
    case hook
    /// A metrics key, or an address that may read them.
    case metrics
}
