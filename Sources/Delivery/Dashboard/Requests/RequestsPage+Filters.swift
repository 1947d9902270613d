extension RequestsPage {
    /// Which requests need a person.
    public enum AttentionFilter: Sendable, Hashable {
        case any
        case code(Attention.Code)

        /// Reads the query: `true`, or a code.
        public init?(text: String) {
            if text == "true" {
                self = .any
            } else if let code = Attention.Code(rawValue: text) {
                self = .code(code)
            } else {
                return nil
            }
        }

        /// The value for the query.
        public var text: String {
            switch self {
            case .any: "true"
            case .code(let code): code.rawValue
            }
        }
    }

    /// What the list is ordered by.
    public enum Sort: String, Sendable, CaseIterable { case updated, created, title, state }

    /// Whose requests a signed-in viewer looks at.
    public enum Whose: String, Sendable, CaseIterable { case mine, all }

    /// The filters of the address.
    public struct Filters: Sendable {
        public var kind: MediaLabel.Kind?
        /// Any of these; empty: all.
        public var stages: [StageBadge.Stage] = []
        public var requester: String?
        /// A service instance, such as `radarr/4k`.
        public var place: String?
        public var origin: Origin?
        public var attention: AttentionFilter?
        public var search: String?
        public var sort = Sort.updated
        /// nil for a viewer who has no choice.
        public var whose: Whose?
        /// Where this page begins; nil on the first one.
        public var after: String?

        public init() {}

        var isEmpty: Bool {
            kind == nil && stages.isEmpty && origin == nil && attention == nil && (search ?? "").isEmpty
                && requester == nil && place == nil
        }

        /// The part of the address after the `?`: what is saved, and what an export is narrowed to.
        var query: String { String(url(PageContext()).drop { $0 != "?" }.dropFirst()) }

        func url(_ page: PageContext, after: String? = nil) -> String {
            page.url(
                "/requests",
                [("q", search), ("media_type", kind?.rawValue)] + stages.map { ("state", $0.rawValue) } + [
                    ("requested_by", requester), ("attention", attention?.text), ("instance", place),
                    ("origin", origin?.rawValue), ("sort", sort == .updated ? nil : sort.rawValue),
                    ("whose", whose?.rawValue), ("after", after),
                ])
        }
    }
}
