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

    /// The filters of the address.
    public struct Filters: Sendable {
        public var kind: MediaLabel.Kind?
        /// Any of these; empty: all.
        public var stages: [StageBadge.Stage] = []
        public var origin: Origin?
        public var attention: AttentionFilter?
        public var search: String?
        /// Where this page begins; nil on the first one.
        public var after: String?

        public init() {}

        var isEmpty: Bool {
            kind == nil && stages.isEmpty && origin == nil && attention == nil && (search ?? "").isEmpty
        }

        func url(_ page: PageContext, after: String? = nil) -> String {
            page.url(
                "/requests",
                [("q", search), ("media_type", kind?.rawValue)] + stages.map { ("state", $0.rawValue) } + [
                    ("origin", origin?.rawValue), ("attention", attention?.text), ("after", after),
                ])
        }
    }
}
