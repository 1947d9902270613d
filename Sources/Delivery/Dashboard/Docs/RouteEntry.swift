public import HTML

/// One route of the API: a line that opens.
public struct RouteEntry: Component, Sendable {
    /// What is told of it.
    public struct Model: Sendable {
        public var method: String
        public var path: String
        public var summary: String
        public var detail: String?
        /// Who may, in words.
        public var access: String
        public var parameters: [DocsTable.Row]
        public var members: [DocsTable.Row]
        public var answers: [DocsTable.Row]

        public init(
            method: String, path: String, summary: String, detail: String?, access: String,
            parameters: [DocsTable.Row], members: [DocsTable.Row], answers: [DocsTable.Row]
        ) {
            self.method = method
            self.path = path
            self.summary = summary
            self.detail = detail
            self.access = access
            self.parameters = parameters
            self.members = members
            self.answers = answers
        }
    }

    let model: Model
    let page: PageContext

    public init(_ model: Model, _ page: PageContext) {
        self.model = model
        self.page = page
    }

    public var body: Markup {
        details(.class("season")) {
            HTML.summary {
                code { model.method + " " + model.path }
                span { model.summary }
            }
            if let detail = model.detail { p { detail } }
            p(.class("muted")) { page[.docsAccess, ["who": model.access]] }
            if !model.parameters.isEmpty { DocsTable(model.parameters, caption: page[.docsParameters], page) }
            if !model.members.isEmpty { DocsTable(model.members, caption: page[.docsBody], page) }
            DocsTable(model.answers, caption: page[.docsAnswers], page)
        }
    }
}
