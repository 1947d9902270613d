public import HTML

/// Names with what stands behind them: parameters, members, answers.
public struct DocsTable: Component, Sendable {
    public struct Row: Sendable {
        public var name: String
        /// What kind of value, such as `whole number, or null`.
        public var form: String
        /// The named form that `form` speaks of.
        public var link: String?
        public var text: String?

        public init(_ name: String, _ form: String, link: String? = nil, _ text: String? = nil) {
            self.name = name
            self.form = form
            self.link = link
            self.text = text
        }
    }

    let rows: [Row]
    let title: String
    let page: PageContext

    init(_ rows: [Row], caption: String, _ page: PageContext) {
        self.rows = rows
        title = caption
        self.page = page
    }

    public var body: Markup {
        h3 { title }
        div(.class("table-frame")) {
            table(.class("changes")) {
                caption(.class("hidden")) { title }
                thead {
                    tr {
                        th(.scope("col")) { page[.docsName] }
                        th(.scope("col")) { page[.docsForm] }
                        th(.scope("col")) { page[.docsMeaning] }
                    }
                }
                tbody {
                    for row in rows {
                        tr {
                            th(.scope("row")) { code { row.name } }
                            td {
                                if let link = row.link {
                                    a(.href("#form-" + link)) { row.form }
                                } else {
                                    row.form
                                }
                            }
                            td { row.text ?? "" }
                        }
                    }
                }
            }
        }
    }
}
