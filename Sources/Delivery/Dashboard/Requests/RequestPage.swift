public import HTML

/// One request: what it is, where it stands and why, how it came here, and where each of its values comes from.
public struct RequestPage: Component, Sendable {
    /// The dialog an address can open.
    public enum Dialog: String, Sendable, CaseIterable { case override, delete }

    /// What a stage says besides its name.
    public enum Note: String, Sendable {
        case removedInSeerr = "removed_in_seerr"
        case seasonsDiffer = "seasons_differ"
    }

    /// The page's model.
    public struct Model: Sendable {
        public var row: RequestsPage.Row
        public var originalTitle: String?
        public var overview: String?
        public var isAnime: Bool?
        /// The release group, or the release's name.
        public var release: String?
        public var indexer: String?
        /// Bytes; 0 and nil: unknown.
        public var size: Int64?
        /// The Sonarr or Radarr that fetches it.
        public var instance: (service: String, name: String)?
        /// When the first episode airs, while none has; Unix milliseconds.
        public var firstAirsAt: Int64?
        /// What else there is to know of its stage.
        public var note: Note?
        /// Field names and values, such as `tmdb_id` and `533514`.
        public var ids: [(name: String, value: String)] = []
        public var override: OverrideDialog.InForce?
        public var episodes = EpisodeGrid.Model()
        /// In any order.
        public var timeline: [Timeline.Entry] = []
        /// Of the whole timeline, if it is longer than what is shown.
        public var timelineTotal: Int64?
        /// Newest first.
        public var changes: [ChangesTable.Change] = []
        /// The dialog of `?dialog=`.
        public var dialog: Dialog?
        /// The plan of the delete dialog, or why there is none.
        public var deletePlan: DeleteDialog.Content?
        /// A deletion of it that is under way, incomplete, or waits for an answer.
        public var deletion: DeletionModel?

        public init(row: RequestsPage.Row) {
            self.row = row
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
        // First, so that it covers the top of the page where no script makes it modal.
        if model.dialog == .override, page.mayOperate {
            OverrideDialog(model.row, inForce: model.override, page)
        }
        if model.dialog == .delete, page.mayOperate, let plan = model.deletePlan {
            DeleteDialog(model.row, plan, page)
        }
        RequestHead(model, page)
        DeletionPanel(model.deletion, of: model.row.id, version: model.row.version, page)
        RequestAttention(model.row, page)
        RequestActions(model.row, override: model.override, isDeleting: model.deletion != nil, page)
        EpisodeGrid(model.episodes, request: model.row.id, page)
        div(.class("columns")) {
            Timeline(model.timeline, of: model.row, total: model.timelineTotal, page)
            RequestIDs(model: model, page: page)
        }
        ChangesTable(model.changes, page)
    }

    /// One region of the page, for `?fragment=`: the whole, or `season-2`; nil if there is no region of that name.
    public func fragment(_ region: String) -> Markup? {
        if region == "main" { return Layout.main(body) }
        return model.episodes.seasons.first { SeasonGrid.elementID($0.number) == region }
            .map { SeasonGrid($0, request: model.row.id, page).body }
    }
}
