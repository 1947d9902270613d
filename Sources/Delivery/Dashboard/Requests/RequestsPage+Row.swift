extension RequestsPage {
    /// One request, as lists, cards and its own page show it.
    public struct Row: Sendable {
        public var id: Int64
        public var title: String
        public var year: Int64?
        public var kind: MediaLabel.Kind
        public var stage: StageBadge.Stage
        public var origin: Origin
        public var requestedBy: String
        /// A path of our own, such as `/images/poster/17`; nil shows a placeholder.
        public var posterPath: String?
        /// The seasons asked for; empty: all of them.
        public var seasons: [Int64] = []
        /// Playable and aired episodes of a series; nil where nothing is counted.
        public var episodes: (available: Int64, aired: Int64)?
        /// How many counted episodes are in which stage, for the bar.
        public var episodeStages: [(stage: StageBadge.Stage, count: Int64)] = []
        public var progress: Transfer?
        public var attention: Attention?
        /// Whether the match rests on names, not on ids.
        public var isUncertain = false
        public var quality: String?
        /// Services that know it, with their public addresses.
        public var links: [(service: String, url: String)] = []
        /// What a retry would do now; nil where there is nothing to retry.
        public var retry: RetryAction?
        /// Unix milliseconds, like every time here.
        public var createdAt: Int64
        public var stageChangedAt: Int64
        public var updatedAt: Int64
        public var availableAt: Int64?
        /// The event id it was read at.
        public var version: Int64 = 0

        public init(
            id: Int64, title: String, year: Int64?, kind: MediaLabel.Kind, stage: StageBadge.Stage, origin: Origin,
            requestedBy: String, updatedAt: Int64
        ) {
            self.id = id
            self.title = title
            self.year = year
            self.kind = kind
            self.stage = stage
            self.origin = origin
            self.requestedBy = requestedBy
            self.updatedAt = updatedAt
            createdAt = updatedAt
            stageChangedAt = updatedAt
        }

        /// The public address of a service that knows it.
        func link(_ service: String) -> String? { links.first { $0.service == service }?.url }
    }
}
