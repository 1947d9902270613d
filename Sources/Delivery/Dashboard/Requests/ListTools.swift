public import HTML

/// What the list offers beside its rows: whose requests, saved filters, columns, and the way out as a file.
///
/// It stands in the region of the list, so that it always speaks of the filters shown.
public struct ListTools: Component, Sendable {
    /// A filter kept under a name.
    public struct Saved: Sendable {
        public var id: Int64
        public var name: String
        /// The part of the address after the `?`.
        public var query: String

        public init(id: Int64, name: String, query: String) {
            self.id = id
            self.name = name
            self.query = query
        }
    }

    let model: RequestsPage.Model
    let page: PageContext

    public var body: Markup {
        div(.class("actions tools"), .role("group"), .aria("label", page[.toolsLabel])) {
            if let whose = model.filters.whose { choice(of: whose) }
            if page.mayVerify || !model.saved.isEmpty { saved }
            if page.mayVerify { columns }
            export
        }
    }

    private func choice(of whose: RequestsPage.Whose) -> Markup {
        nav(.class("tabs"), .aria("label", page[.whoseLabel])) {
            for one in RequestsPage.Whose.allCases {
                a(
                    .href(url(whose: one)), .data("region", "main"), .aria("current", one == whose ? "true" : nil)
                ) { one == .mine ? page[.whoseMine] : page[.whoseAll] }
            }
        }
    }

    private func url(whose: RequestsPage.Whose) -> String {
        var filters = model.filters
        filters.whose = whose
        return filters.url(page)
    }

    private var saved: Markup {
        details(.id("saved-filters")) {
            summary(.class("button quiet")) {
                page[.savedTitle]
                if !model.saved.isEmpty { span(.class("count")) { String(model.saved.count) } }
            }
            div(.class("card")) {
                if !model.saved.isEmpty {
                    ul(.class("saved")) {
                        for one in model.saved { row(one) }
                    }
                }
                if page.mayVerify {
                    ActionForm(page, action: "/api/saved-filters", cssClass: "filters") {
                        input(.type("hidden"), .name("query"), .value(model.filters.query))
                        label(.class("field wide")) {
                            span { page[.savedName] }
                            input(
                                .type("text"), .name("name"), .id("saved-name"), .flag("required"),
                                .named("maxlength", "60"), .named("autocomplete", "off"))
                        }
                        ActionButton(.secondary, page[.savedSave])
                    }
                    p(.class("muted small")) { page[.savedHint] }
                }
            }
        }
    }

    private func row(_ one: Saved) -> Markup {
        li(.id("saved-\(one.id)"), .class("actions")) {
            a(.href(page.url("/requests") + (one.query.isEmpty ? "" : "?" + one.query)), .data("region", "main")) {
                bdi { one.name }
            }
            if page.mayVerify {
                ActionForm(page, action: "/api/saved-filters/\(one.id)/delete", cssClass: "action") {
                    input(.type("hidden"), .name("query"), .value(model.filters.query))
                    ActionButton(
                        .quiet, page[.savedDelete], icon: .cross,
                        label: page[.actionOf, ["action": page[.savedDelete], "title": one.name]])
                }
            }
        }
    }

    private var columns: Markup {
        details(.id("columns")) {
            summary(.class("button quiet")) { page[.columnsTitle] }
            div(.class("card")) {
                ActionForm(page, action: "/api/requests/columns") {
                    input(.type("hidden"), .name("query"), .value(model.filters.query))
                    for column in RequestsPage.Column.allCases {
                        label(.class("check")) {
                            input(
                                .type("checkbox"), .name("show"), .value(column.rawValue),
                                .flag("checked", !model.hidden.contains(column)))
                            column.word(page)
                        }
                    }
                    ActionButton(.secondary, page[.columnsApply])
                }
            }
        }
    }

    private var export: Markup {
        details(.id("export")) {
            summary(.class("button quiet")) {
                Icon.down.markup
                page[.exportTitle]
            }
            div(.class("card")) {
                p(.class("actions")) {
                    for (format, word) in [("csv", page[.exportCSV]), ("json", page[.exportJSON])] {
                        a(.class("button secondary"), .href(exportURL(format)), .flag("download")) { word }
                    }
                }
            }
        }
    }

    private func exportURL(_ format: String) -> String {
        let query = model.filters.query
        return page.url("/api/requests/export", [("format", format)]) + (query.isEmpty ? "" : "&" + query)
    }
}
