import HTML

extension DeletionsPage {
    /// The filters of the address.
    public struct Filters: Sendable {
        public var status: DeletionModel.Status?
        public var source: DeletionModel.Source?
        public var kind: MediaLabel.Kind?
        public var search: String?
        /// Where this page begins; nil on the first one.
        public var after: String?

        public init() {}

        var isEmpty: Bool { status == nil && source == nil && kind == nil && (search ?? "").isEmpty }

        func url(_ page: PageContext, after: String? = nil) -> String {
            page.url(
                "/deletions",
                [
                    ("q", search), ("status", status?.rawValue), ("source", source?.rawValue),
                    ("media_type", kind?.rawValue), ("after", after),
                ])
        }
    }
}

/// The filters as a plain form; those that wait for an answer are a link.
struct DeletionFilters: Component {
    let filters: DeletionsPage.Filters
    let asked: Int64
    let page: PageContext

    @MarkupBuilder var body: Markup {
        if asked > 0 {
            var waiting = DeletionsPage.Filters()
            let _ = waiting.status = .asked
            p { a(.class("button secondary"), .href(waiting.url(page))) { page[.deletionsAsked, count: asked] } }
        }
        form(
            .class("filters"), .method("get"), .action(page.url("/deletions")), .data("live", "main"),
            .role("search"), .aria("label", page[.deletionFilterLabel])
        ) {
            label(.class("field wide")) {
                span { page[.filterSearch] }
                input(
                    .type("search"), .name("q"), .value(filters.search ?? ""), .named("placeholder", page[.filterHint]),
                    .named("autocomplete", "off"), .id("filter-q"))
            }
            choice(
                "status", page[.deletionStatus], filters.status?.rawValue,
                DeletionModel.Status.allCases.map { ($0.rawValue, DeletionWords.word($0, page)) })
            choice(
                "source", page[.deletionSource], filters.source?.rawValue,
                DeletionModel.Source.allCases.map { ($0.rawValue, DeletionWords.word($0, page)) })
            choice(
                "media_type", page[.columnType], filters.kind?.rawValue,
                MediaLabel.Kind.allCases.map { ($0.rawValue, MediaLabel.word($0, page)) })
            button(.type("submit"), .class("button secondary no-js")) { page[.filterApply] }
        }
    }

    private func choice(_ name: String, _ title: String, _ chosen: String?, _ options: [(String, String)]) -> Markup {
        label(.class("field")) {
            span { title }
            select(.name(name), .id("filter-" + name)) {
                option(.value("")) { page[.filterAll] }
                for (value, word) in options {
                    option(.value(value), .flag("selected", value == chosen)) { word }
                }
            }
        }
    }
}
