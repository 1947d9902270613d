import HTML

/// The filters as a plain form, and the usual periods as links: all of it is the address.
struct HistoryFilters: Component {
    let filters: HistoryPage.Filters
    let requesters: [String]
    let page: PageContext

    @MarkupBuilder var body: Markup {
        FilterTabs(
            label: page[.historyPeriod],
            tabs: HistoryPage.Period.offered.map { days in
                var chosen = filters
                chosen.period = .days(days)
                return FilterTabs.Tab(
                    word: PeriodWords.words(.days(days), page), count: nil, url: chosen.url(page),
                    isActive: filters.period == .days(days))
            })
        form(
            .class("filters"), .method("get"), .action(page.url("/history")), .data("live", "main"),
            .role("search"), .aria("label", page[.historyFilterLabel])
        ) {
            if let days = filters.days { input(.type("hidden"), .name("period"), .value(days)) }
            label(.class("field wide")) {
                span { page[.filterSearch] }
                input(
                    .type("search"), .name("q"), .value(filters.search ?? ""), .named("placeholder", page[.filterHint]),
                    .named("autocomplete", "off"), .id("filter-q"))
            }
            choice(
                "state", page[.columnStage], stage,
                StageBadge.Stage.finished.map { ($0.rawValue, StageBadge.word($0, page)) })
            choice(
                "media_type", page[.columnType], filters.kind?.rawValue,
                MediaLabel.Kind.allCases.map { ($0.rawValue, MediaLabel.word($0, page)) })
            if !requesters.isEmpty {
                choice("requested_by", page[.columnRequestedBy], filters.requestedBy, names.map { ($0, $0) })
            }
            date("from", page[.historyFrom], filters.from)
            date("to", page[.historyTo], filters.to)
            button(.type("submit"), .class("button secondary no-js")) { page[.filterApply] }
        }
    }

    /// The chosen stage; several can be chosen only by a link, and are shown as such.
    private var stage: String? { filters.stages.count > 1 ? Self.several : filters.stages.first?.rawValue }

    private static let several = "several"

    /// Whom the address names is offered too, whether anybody of that name asked for something or not.
    private var names: [String] {
        guard let name = filters.requestedBy, !requesters.contains(name) else { return requesters }
        return [name] + requesters
    }

    private func choice(_ name: String, _ title: String, _ chosen: String?, _ options: [(String, String)]) -> Markup {
        label(.class("field")) {
            span { title }
            select(.name(name), .id("filter-" + name)) {
                option(.value("")) { page[.filterAll] }
                if chosen == Self.several {
                    option(.value(Self.several), .flag("selected"), .flag("disabled")) { page[.filterSeveral] }
                }
                for (value, word) in options {
                    option(.value(value), .flag("selected", value == chosen)) { word }
                }
            }
        }
    }

    private func date(_ name: String, _ title: String, _ value: String?) -> Markup {
        label(.class("field")) {
            span { title }
            input(.type("date"), .name(name), .value(value ?? ""), .id("filter-" + name))
        }
    }
}

/// The active filters, each removable with one click.
struct HistoryChips: Component {
    let filters: HistoryPage.Filters
    let page: PageContext

    var body: Markup {
        p(.class("actions centred")) {
            if let search = filters.search, !search.isEmpty { chip("“\(search)”") { $0.search = nil } }
            for stage in filters.stages {
                chip(StageBadge.word(stage, page)) { $0.stages.removeAll { $0 == stage } }
            }
            if let kind = filters.kind { chip(MediaLabel.word(kind, page)) { $0.kind = nil } }
            if let name = filters.requestedBy, !name.isEmpty { chip(name) { $0.requestedBy = nil } }
            if filters.period != .usual { chip(PeriodWords.words(filters.period, page)) { $0.period = .usual } }
        }
    }

    private func chip(_ word: String, _ remove: (inout HistoryPage.Filters) -> Void) -> Markup {
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

/// The words of periods.
enum PeriodWords {
    static func words(_ period: HistoryPage.Period, _ page: PageContext) -> String {
        switch period {
        case .days(let days): page[.historyDays, count: days]
        case .dates(let from?, let to?): page[.historyDates, ["from": from, "to": to]]
        case .dates(let from?, nil): page[.historySince, ["from": from]]
        case .dates(nil, let to?): page[.historyUntil, ["to": to]]
        case .dates(nil, nil): page[.filterAll]
        }
    }
}
