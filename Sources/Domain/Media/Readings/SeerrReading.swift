/// One request as Seerr lists it (upstreams.md §1); titles come from another call.
public struct SeerrReading: Sendable, Hashable {
    public var id: Int64
    /// 1 pending, 2 approved, 3 declined, 4 failed, 5 completed; others are kept.
    public var status: Int64
    /// Of the variant asked for: 1 unknown, 2 pending, 3 processing, 4 partially available, 5 available, 7 deleted.
    public var mediaStatus: Int64?
    public var mediaType: MediaType
    public var mediaID: Int64?
    public var tmdb: Int64?
    public var tvdb: Int64?
    public var imdb: String?
    public var variant: Variant
    /// Season numbers asked for; empty for a film, or when none were named.
    public var seasons: [Int]
    public var requester: String?
    /// The requester.
    public var owner: JellyfinUserID?
    /// The number of the film or series in the *arr, and that *arr's number in Seerr.
    public var arrTitle: Int64?
    public var arrServer: Int64?
    public var createdAt: Timestamp?
    public var updatedAt: Timestamp?

    public init(id: Int64, status: Int64, mediaType: MediaType, variant: Variant = .hd, seasons: [Int] = []) {
        self.id = id
        self.status = status
        self.mediaType = mediaType
        self.variant = variant
        self.seasons = seasons
    }
}
