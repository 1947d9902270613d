public import Media

/// What a deletion would do: planned once, shown, and carried out exactly so or not at all.
public struct DeletionPlan: Sendable {
    /// Names this plan: when it was made, and a digest of everything it does.
    ///
    /// A plan made anew from the same facts
    /// has the same digest, so nothing needs to be kept to prove that a preview still holds.
    public var id: String
    public var madeAt: Timestamp
    public var options: DeletionOptions
    /// Whether deletions reach the services at all; without, nothing but Marquee's own row is touched.
    public var isEnabled: Bool
    /// One for each deletion log: rows of one medium and variant go together.
    public var items: [DeletionItem]
    /// Ids that name no request.
    public var unknownIDs: [Int64]
    /// Rows of which a deletion is under way already, with its log.
    public var busy: [Busy]

    /// A row that cannot be deleted now.
    public struct Busy: Sendable, Hashable {
        public var request: Int64
        public var log: Int64
    }

    /// How long a preview may be carried out.
    public static let lifetime = Duration.seconds(15 * 60)

    public var expiresAt: Timestamp { madeAt.advanced(by: Self.lifetime) }

    /// Bytes of files that go; nil where no service told.
    public var bytes: Int64? {
        let told = items.compactMap(\.bytes)
        return told.isEmpty ? nil : told.reduce(0, +)
    }
}

/// One medium's part of a plan: what becomes one log.
public struct DeletionItem: Sendable, Hashable, Codable {
    public var subject: DeletionSubject
    public var steps: [PlannedStep]
    public var warnings: [DeletionWarning] = []
    /// Why it cannot be carried out as it stands; nil when it can.
    public var refusal: DeletionWarning?
    public var bytes: Int64?
    public var undo = UndoOutlook()
    /// Whether the rows are `deleted` in the end; not where only seasons or episodes go.
    public var endsRows = true
    /// Whether the whole medium goes, as far as its copy is concerned.
    public var isWhole = true

    public init(subject: DeletionSubject, steps: [PlannedStep]) {
        self.subject = subject
        self.steps = steps
    }

    /// Services whose look-up failed: what they hold is unknown.
    public var unknown: [DeletionService] {
        DeletionService.allCases.filter { service in steps.contains { $0.service == service && $0.isUnknown } }
    }
}

/// The title that goes, as it was known when the plan was made.
public struct DeletionSubject: Sendable, Hashable, Codable {
    /// The rows that end, the one asked for first.
    public var requests: [Int64]
    public var title: String
    public var year: Int64?
    public var mediaType: String
    public var variant: String?
    public var isAnime: Bool?
    public var posterURL: String?
    public var tmdb: Int64?
    public var tvdb: Int64?
    public var imdb: String?
    /// Seasons that the rows cover; empty for all.
    public var seasons: [Int] = []
    public var hashes: [String] = []
    public var paths: [String] = []

    public var type: MediaType? { MediaType(rawValue: mediaType) }
}

/// Something to know before one says yes.
public struct DeletionWarning: Sendable, Hashable, Codable {
    /// A stable word, such as `files_kept` or `torrent_downloading`.
    public var code: String
    public var detail: String

    public init(_ code: String, _ detail: String) {
        self.code = code
        self.detail = detail
    }
}
