/// Seerr's record of a film or series, with every request of it; nil was not said.
public struct SeerrMedia: Sendable, Hashable {
    public struct Request: Sendable, Hashable {
        public var id: SeerrRequestID
        /// 1 pending, 2 approved, 3 declined, 4 failed, 5 completed; others are kept.
        public var status: Int64?
        public var variant: Variant
        public var seasons: [Int]
        /// The requester's number in Seerr, and name.
        public var user: Int64?
        public var userName: String?

        public init(
            id: SeerrRequestID, status: Int64? = nil, variant: Variant = .hd, seasons: [Int] = [],
            user: Int64? = nil, userName: String? = nil
        ) {
            self.id = id
            self.status = status
            self.variant = variant
            self.seasons = seasons
            self.user = user
            self.userName = userName
        }
    }

    public var id: SeerrMediaID
    public var type: MediaType
    public var tmdb: Int64
    public var tvdb: Int64?
    /// 1 unknown, 2 pending, 3 processing, 4 partially available, 5 available, 6 blocklisted, 7 deleted.
    public var status: Int64?
    public var status4k: Int64?
    public var requests: [Request]

    public init(
        id: SeerrMediaID, type: MediaType, tmdb: Int64, status: Int64? = nil, status4k: Int64? = nil,
        requests: [Request] = []
    ) {
        self.id = id
        self.type = type
        self.tmdb = tmdb
        self.status = status
        self.status4k = status4k
        self.requests = requests
    }

    /// The status of one variant.
    public func status(of variant: Variant) -> Int64? { variant == .uhd ? status4k : status }

    /// Whether Seerr itself counts a status as gone: deleted, or blocklisted, which stays for good (upstreams.md §1).
    public static func isGone(_ status: Int64?) -> Bool { status == 6 || status == 7 }
}
