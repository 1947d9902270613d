/// Whether a listing was read whole: absence may be concluded only from a complete one.
public enum Completeness: Sendable, Hashable {
    /// Every record arrived; `total` of them as the service counts.
    case complete(total: Int)
    /// The service answered, but its pages do not add up.
    case incomplete(detail: String)
}
