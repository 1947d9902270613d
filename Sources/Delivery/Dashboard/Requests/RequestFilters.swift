import HTML

/// The filters as a plain form: its fields are the address.
struct RequestFilters: Component {
    let filters: RequestsPage.Filters
    let page: PageContext

    var body: Markup {
        form(
            .class("filters"), .method("get"), .action(page.url("/requests")), .data("live", "list"),
            .role("search"), .aria("label", page[.filterLabel])
        ) {
            label(.class("field wide")) {
                span { page[.filterSearch] }
                input(
                    .type("search"), .name("q"), .value(filters.search ?? ""), .named("placeholder", page[.filterHint]),
                    .named("autocomplete", "off"), .id("filter-q"))
            }
            choice("media_type", page[.columnType], filters.kind?.rawValue, kinds)
            choice("state", page[.columnStage], filters.stage?.rawValue, stages)
            choice("origin", page[.columnOrigin], filters.origin?.rawValue, origins)
            button(.type("submit"), .class("button secondary no-js")) { page[.filterApply] }
        }
    }

    private var kinds: [(String, String)] {
        MediaLabel.Kind.allCases.map { ($0.rawValue, MediaLabel.word($0, page)) }
    }

    private var stages: [(String, String)] {
        StageBadge.Stage.allCases.map { ($0.rawValue, StageBadge.word($0, page)) }
    }

    private var origins: [(String, String)] {
        RequestsPage.Origin.allCases.map { ($0.rawValue, OriginWords.word($0, page)) }
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

/// The active filters, each removable with one click.
struct FilterChips: Component {
    let filters: RequestsPage.Filters
    let page: PageContext

    var body: Markup {
        p(.class("actions centred")) {
            if let search = filters.search, !search.isEmpty {
                chip("“\(search)”") { $0.search = nil }
            }
            if let kind = filters.kind { chip(MediaLabel.word(kind, page)) { $0.kind = nil } }
            if let stage = filters.stage { chip(StageBadge.word(stage, page)) { $0.stage = nil } }
            if let origin = filters.origin { chip(OriginWords.word(origin, page)) { $0.origin = nil } }
        }
    }

    private func chip(_ word: String, _ remove: (inout RequestsPage.Filters) -> Void) -> Markup {
        var rest = filters
        remove(&rest)
        return a(
            .class("button secondary"), .href(rest.url(page)), .aria("label", page[.filterRemove, ["filter": word]])
        ) {
            bdi { word }
            Icon.cross.markup
        }
    }
}

/// The words of origins.
enum OriginWords {
    static func word(_ origin: RequestsPage.Origin, _ page: PageContext) -> String {
        switch origin {
        case .request: page[.originRequest]
        case .librarySync: page[.originLibrary]
        }
    }
}
