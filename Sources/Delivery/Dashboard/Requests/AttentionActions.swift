import HTML

/// What can be done about a request: links to services, and forms for what Marquee does itself.
struct AttentionActions: Component {
    let row: RequestsPage.Row
    let attention: Attention
    let page: PageContext
    let limit: Int

    init(_ row: RequestsPage.Row, _ attention: Attention, _ page: PageContext, limit: Int = .max) {
        self.row = row
        self.attention = attention
        self.page = page
        self.limit = limit
    }

    var body: Markup {
        div(.class("actions")) {
            for action in offered.prefix(limit) { RequestAction(action, row, page) }
        }
    }

    /// Without what the viewer may not do, and links that have no address.
    private var offered: [Attention.Action] {
        attention.actions.filter { action in
            switch action {
            case .open(let service): row.link(service) != nil
            case .retry, .override: page.mayOperate
            case .verify: page.mayVerify
            }
        }
    }
}

/// One action on a request.
struct RequestAction: Component {
    let action: Attention.Action
    let row: RequestsPage.Row
    let page: PageContext

    init(_ action: Attention.Action, _ row: RequestsPage.Row, _ page: PageContext) {
        self.action = action
        self.row = row
        self.page = page
    }

    @MarkupBuilder var body: Markup {
        switch action {
        case .open(let service):
            let word = page[.openIn, ["service": ActionWords.service(service, page)]]
            a(
                .class("button secondary"), .href(row.link(service)), .named("rel", "noreferrer"),
                .aria("label", labelled(word))
            ) {
                word
                Icon.link.markup
            }
        case .retry: form("retry", AttentionWords.retry(row.retry, page), .sync)
        case .verify: form("verify", page[.verify], .check)
        case .override:
            a(
                .class("button secondary"), .href(page.url("/request/\(row.id)", [("dialog", "override")])),
                .aria("label", labelled(page[.override]))
            ) {
                Icon.pen.markup
                page[.override]
            }
        }
    }

    private func form(_ verb: String, _ word: String, _ icon: Icon) -> Markup {
        ActionForm(page, action: "/api/requests/\(row.id)/\(verb)", cssClass: "action") {
            ActionButton(.secondary, word, icon: icon, label: labelled(word))
        }.body
    }

    private func labelled(_ word: String) -> String { page[.actionOf, ["action": word, "title": row.title]] }
}
