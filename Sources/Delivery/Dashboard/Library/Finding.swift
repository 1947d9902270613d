/// One thing the sync could not decide: what it is, between whom, and what one may choose.
public struct Finding: Sendable {
    /// What is odd.
    public enum Kind: String, Sendable, CaseIterable {
        case missingIDs = "no_provider_id"
        case duplicateID = "duplicate_id"
        case contradiction = "contradiction"
        case foreignID = "foreign_id"
        case conflict
        case metadataOnly = "metadata_only"
        case itemMissing = "item_missing"
        case itemReplaced = "item_replaced"
        case arrMissing = "arr_missing"
        case idReassigned = "id_reassigned"
        case shortListing = "short_listing"
        case other
    }

    /// A choice beside "use this one"; the raw value is the form's `choice`.
    public enum Choice: String, Sendable, CaseIterable {
        case keepApart = "keep_apart"
        case adopt
        case useFound = "use_found"
        case ignore
        case ignoreAlways = "ignore_always"
    }

    /// One side.
    public struct Candidate: Sendable {
        /// What the form sends as `choice` to take this side, such as `use_a`; nil offers no button.
        public var choice: String?
        /// The service that says so, such as `jellyfin`.
        public var source: String
        public var title: String
        public var year: Int64?
        public var kind: MediaLabel.Kind
        /// Names and values, such as `tmdb_id` and `533514`; those in `differing` are marked.
        public var facts: [(name: String, value: String)] = []
        public var differing: Set<String> = []
        public var path: String?
        /// The service's public address of it.
        public var link: String?
        public var requestID: Int64?

        public init(choice: String?, source: String, title: String, year: Int64?, kind: MediaLabel.Kind) {
            self.choice = choice
            self.source = source
            self.title = title
            self.year = year
            self.kind = kind
        }
    }

    public var id: Int64
    public var kind: Kind
    /// The medium it is about.
    public var title: String
    /// A sentence of the run, where the kind alone does not tell.
    public var detail: String?
    /// Unix milliseconds.
    public var since: Int64
    public var candidates: [Candidate] = []
    public var choices: [Choice] = []
    /// The event id it was read at.
    public var version: Int64 = 0

    public init(id: Int64, kind: Kind, title: String, since: Int64) {
        self.id = id
        self.kind = kind
        self.title = title
        self.since = since
    }
}
