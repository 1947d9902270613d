public import Media

/// Requests as one listing gave them.
public struct SeerrListing: Sendable, Hashable {
    /// Each request once, the newest telling of it.
    public var readings: [SeerrReading]
    /// Every page was read and the distinct requests are as many as Seerr counts; only then is a missing one absent.
    public var isComplete: Bool
    /// How many requests Seerr counts in all.
    public var total: Int
    /// The server's clock when it answered the first page, to the second.
    public var clock: Timestamp?
}
