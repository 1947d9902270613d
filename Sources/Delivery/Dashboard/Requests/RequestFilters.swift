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
            choice("state", page[.columnStage], stage, stages)
            choice("attention", page[.columnAttention], filters.attention?.text, attentions)
            choice("origin", page[.columnOrigin], filters.origin?.rawValue, origins)
            button(.type("submit"), .class("button secondary no-js")) { page[.filterApply] }
        }
    }

    private var kinds: [(String, String)] {
        MediaLabel.Kind.allCases.map { ($0.rawValue, MediaLabel.word($0, page)) }
    }

    /// The chosen stage; several can be chosen only by a link, and are shown as such.
    private var stage: String? { filters.stages.count > 1 ? Self.several : filters.stages.first?.rawValue }

    private static let several = "several"

    private var stages: [(String, String)] {
        let all = StageBadge.Stage.allCases.map { ($0.rawValue, StageBadge.word($0, page)) }
        return filters.stages.count > 1 ? [(Self.several, page[.filterSeveral])] + all : all
    }

    private var attentions: [(String, String)] {
        [(RequestsPage.AttentionFilter.any.text, page[.attentionAny])]
            + Attention.Code.allCases.map { ($0.rawValue, AttentionWords.word($0, page)) }
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
                    option(
                        .value(value), .flag("selected", value == chosen), .flag("disabled", value == Self.several)
                    ) { word }
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
            for stage in filters.stages {
                chip(StageBadge.word(stage, page)) { $0.stages.removeAll { $0 == stage } }
            }
            if let attention = filters.attention { chip(word(attention)) { $0.attention = nil } }
            if let origin = filters.origin { chip(OriginWords.word(origin, page)) { $0.origin = nil } }
        }
    }

    private func word(_ attention: RequestsPage.AttentionFilter) -> String {
        switch attention {
        case .any: page[.attentionTitle]
        case .code(let code): AttentionWords.word(code, page)
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
