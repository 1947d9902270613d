public import HTML

/// The description of the API, for reading: what each route does, takes and answers, and the forms of what is sent.
public struct DocsPage: Component, Sendable {
    /// The page's model; its sentences come from the routes' own documentation.
    public struct Model: Sendable {
        public var version: String
        public var chapters: [Chapter]
        /// The forms that several routes share, by name.
        public var forms: [Form]

        public init(version: String, chapters: [Chapter], forms: [Form]) {
            self.version = version
            self.chapters = chapters
            self.forms = forms
        }
    }

    /// Routes that belong together.
    public struct Chapter: Sendable {
        public var name: String
        public var text: String
        public var routes: [RouteEntry.Model]

        public init(name: String, text: String, routes: [RouteEntry.Model]) {
            self.name = name
            self.text = text
            self.routes = routes
        }
    }

    /// A named form with its members.
    public struct Form: Sendable {
        public var name: String
        public var members: [DocsTable.Row]

        public init(name: String, members: [DocsTable.Row]) {
            self.name = name
            self.members = members
        }
    }

    let model: Model
    let page: PageContext

    /// The page's main part, without the layout.
    public init(_ model: Model, _ page: PageContext) {
        self.model = model
        self.page = page
    }

    public var body: Markup {
        header(.class("page-head")) {
            h1 { page[.docsTitle] }
            p(.class("lead")) { page[.docsLead, ["version": model.version]] }
            p { a(.href(page.url("/api/openapi.json"))) { page[.docsDocument] } }
        }
        for chapter in model.chapters {
            section(.class("block"), .aria("label", chapter.name)) {
                div(.class("block-head")) {
                    h2 { chapter.name }
                    p(.class("muted")) { chapter.text }
                }
                for route in chapter.routes { RouteEntry(route, page) }
            }
        }
        section(.class("block"), .aria("label", page[.docsForms])) {
            h2 { page[.docsForms] }
            for form in model.forms {
                details(.class("season"), .id("form-" + form.name)) {
                    summary { code { form.name } }
                    DocsTable(form.members, caption: form.name, page)
                }
            }
        }
    }

    /// The whole page; without the frame for who is not signed in, whom its links would lead nowhere.
    public func whole(_ frame: Frame?) -> Markup {
        guard let frame else {
            return document(language: page.strings.language, .data("theme", page.theme.rawValue)) {
                PageHead(title: page[.docsTitle], usesModule: false, page: page)
                HTML.body(.class("bare")) {
                    Icon.sprite
                    HTML.main(.id("main")) { body }
                }
            }
        }
        return Layout(page, frame, active: nil, title: page[.docsTitle], view: nil) { body }.body
    }
}
