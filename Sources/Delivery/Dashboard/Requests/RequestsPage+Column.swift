extension RequestsPage {
    /// A column that a viewer may do without; the title always stays.
    public enum Column: String, Sendable, CaseIterable {
        case stage, episodes, requester, quality, attention, age

        /// Its place in the table, the title's being 1: the style sheet hides it by that.
        var place: Int { (Self.allCases.firstIndex(of: self) ?? 0) + 2 }

        func word(_ page: PageContext) -> String {
            switch self {
            case .stage: page[.columnStage]
            case .episodes: page[.columnEpisodes]
            case .requester: page[.columnRequestedBy]
            case .quality: page[.columnQuality]
            case .attention: page[.columnAttention]
            case .age: page[.columnAge]
            }
        }
    }
}
