public import HTML

/// One request: what it is, how it came here, and where each of its values comes from.
public struct RequestPage: Component, Sendable {
    /// The page's model.
    public struct Model: Sendable {
        public var row: RequestsPage.Row
        public var originalTitle: String?
        public var overview: String?
        /// A path of our own, such as `/images/poster/17`; nil shows a placeholder.
        public var posterPath: String?
        /// Unix milliseconds.
        public var createdAt: Int64
        public var availableAt: Int64?
        public var isAnime: Bool?
        /// Field names and values, such as `tmdb_id` and `533514`.
        public var ids: [(name: String, value: String)] = []
        /// Services that know it, with their public addresses.
        public var links: [(service: String, url: String)] = []
        /// Newest first.
        public var timeline: [Timeline.Entry] = []
        /// Newest first.
        public var changes: [ChangesTable.Change] = []

        public init(row: RequestsPage.Row, createdAt: Int64) {
            self.row = row
            self.createdAt = createdAt
        }
    }

    let model: Model
    let page: PageContext

    /// The page's main part, without the layout.
    public init(_ model: Model, _ page: PageContext) {
        self.model = model
        self.page = page
    }

    public var body: Markup {
        RequestHead(model, page)
        div(.class("columns")) {
            Timeline(model.timeline, page)
            RequestIDs(model: model, page: page)
        }
        ChangesTable(model.changes, page)
    }

    /// One region of the page, for `?fragment=`; nil if there is no region of that name.
    public func fragment(_ region: String) -> Markup? {
        region == "main" ? Layout.main(body) : nil
    }
}
