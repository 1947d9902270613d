public import HTML

/// The form that overrides what Marquee has derived; it has an address, and works without a script.
public struct OverrideDialog: Component, Sendable {
    /// An override that counts now.
    public struct InForce: Sendable {
        public var name: String
        public var reason: String
        public var stage: StageBadge.Stage?

        public init(name: String, reason: String, stage: StageBadge.Stage? = nil) {
            self.name = name
            self.reason = reason
            self.stage = stage
        }
    }

    let row: RequestsPage.Row
    let inForce: InForce?
    let page: PageContext

    init(_ row: RequestsPage.Row, inForce: InForce?, _ page: PageContext) {
        self.row = row
        self.inForce = inForce
        self.page = page
    }

    private var back: String { "/request/\(row.id)" }

    public var body: Markup {
        dialog(
            .id("dialog-override"), .flag("open"), .data("back", page.url(back)),
            .aria("labelledby", "override-title")
        ) {
            h2(.id("override-title")) { page[.overrideTitle, ["title": row.title]] }
            p(.class("muted small")) { page[.overrideLead] }
            ActionForm(page, action: "/api/requests/\(row.id)/override", cssClass: "stacked") {
                choice("state", page[.overrideStage], stages, chosen: inForce?.stage?.rawValue)
                field(page[.overrideItem]) {
                    input(
                        .type("text"), .name("jellyfin_id"), .named("autocomplete", "off"), .named("maxlength", "64"))
                    small { page[.overrideItemHint] }
                }
                choice("is_anime", page[.overrideAnime], [("true", page[.valueYes]), ("false", page[.valueNo])])
                field(page[.overrideReason]) {
                    textarea(.name("reason"), .flag("required"), .named("rows", "2"), .named("maxlength", "300"))
                }
                div(.class("actions")) {
                    ActionButton(.primary, page[.overrideSave])
                    if inForce != nil {
                        button(
                            .type("submit"), .class("button secondary"), .name("clear"), .value("true"),
                            .flag("formnovalidate")
                        ) { page[.overrideClear] }
                    }
                    a(.class("button quiet"), .href(page.url(back))) { page[.overrideCancel] }
                }
            }
        }
    }

    private var stages: [(String, String)] {
        [StageBadge.Stage.available, .declined, .failed].map { ($0.rawValue, StageBadge.word($0, page)) }
    }

    private func field(_ name: String, @MarkupBuilder _ control: () -> Markup) -> Markup {
        label(.class("field")) {
            span { name }
            control()
        }
    }

    private func choice(
        _ name: String, _ title: String, _ options: [(String, String)], chosen: String? = nil
    ) -> Markup {
        field(title) {
            select(.name(name)) {
                option(.value("")) { page[.overrideKeep] }
                for (value, word) in options {
                    option(.value(value), .flag("selected", value == chosen)) { word }
                }
            }
        }
    }
}
