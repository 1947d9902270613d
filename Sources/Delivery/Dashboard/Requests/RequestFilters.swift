import HTML

/// The filters as a plain form: its fields are the address.
struct RequestFilters: Component {
    let model: RequestsPage.Model
    let page: PageContext
    private var filters: RequestsPage.Filters { model.filters }

    var body: Markup {
        form(
            .class("filters"), .method("get"), .action(page.url("/requests")), .data("live", "list"),
            .role("search"), .aria("label", page[.filterLabel]),
            // Else a browser that goes back fills in what was chosen last, not what the address says.
            .named("autocomplete", "off")
        ) {
            label(.class("field wide")) {
                span { page[.filterSearch] }
                input(
                    .type("search"), .name("q"), .value(filters.search ?? ""), .named("placeholder", page[.filterHint]),
                    .id("filter-q"))
            }
            choice("media_type", page[.columnType], filters.kind?.rawValue, kinds)
            choice("state", page[.columnStage], stage, stages)
            if !model.requesters.isEmpty || filters.requester != nil {
                choice("requested_by", page[.columnRequestedBy], filters.requester, requesters)
            }
            choice("attention", page[.columnAttention], filters.attention?.text, attentions)
            if !model.places.isEmpty || filters.place != nil {
                choice("instance", page[.filterInstance], filters.place, places)
            }
            choice("origin", page[.columnOrigin], filters.origin?.rawValue, origins)
            label(.class("field")) {
                span { page[.filterSort] }
                select(.name("sort"), .id("filter-sort")) {
                    for sort in RequestsPage.Sort.allCases {
                        // The usual order needs no place in the address.
                        option(
                            .value(sort == .updated ? "" : sort.rawValue), .flag("selected", sort == filters.sort)
                        ) { SortWords.word(sort, page) }
                    }
                }
            }
            if let whose = filters.whose { input(.type("hidden"), .name("whose"), .value(whose.rawValue)) }
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

    /// A name that stands in the address is offered even where the list does not know it.
    private var requesters: [(String, String)] {
        let chosen = [filters.requester].compactMap(\.self).filter { !model.requesters.contains($0) }
        return (chosen + model.requesters).map { ($0, $0) }
    }

    private var places: [(String, String)] {
        let chosen = [filters.place].compactMap(\.self).filter { !model.places.contains($0) }
        return (chosen + model.places).map { ($0, PlaceWords.word($0, page)) }
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
            if let requester = filters.requester { chip(requester) { $0.requester = nil } }
            if let attention = filters.attention { chip(word(attention)) { $0.attention = nil } }
            if let place = filters.place { chip(PlaceWords.word(place, page)) { $0.place = nil } }
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
            .class("button secondary"), .href(rest.url(page)), .data("region", "main"),
            .aria("label", page[.filterRemove, ["filter": word]])
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

/// The words of service instances.
enum PlaceWords {
    /// `radarr/4k` as "Radarr 4k".
    static func word(_ place: String, _ page: PageContext) -> String {
        let parts = place.split(separator: "/", maxSplits: 1).map(String.init)
        guard let service = parts.first else { return place }
        return ([ActionWords.service(service, page)] + parts.dropFirst()).joined(separator: " ")
    }
}

/// The words of orders.
enum SortWords {
    static func word(_ sort: RequestsPage.Sort, _ page: PageContext) -> String {
        switch sort {
        case .updated: page[.sortUpdated]
        case .created: page[.sortCreated]
        case .title: page[.columnTitle]
        case .state: page[.columnStage]
        }
    }
}
