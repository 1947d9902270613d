import HTML

/// The stage with the bar inside its badge, while something is being downloaded.
struct StageMeter: Component {
    let page: PageContext
    let stage: StageBadge.Stage
    let transfer: Transfer?

    init(_ page: PageContext, _ stage: StageBadge.Stage, _ transfer: Transfer?) {
        self.page = page
        self.stage = stage
        self.transfer = transfer
    }

    @MarkupBuilder var body: Markup {
        if let percent = transfer?.wholePercent, stage == .downloading {
            span(.class("badge active filled")) {
                Icon.down.markup
                StageBadge.word(stage, page)
                strong { page[.jobPercent, ["count": String(percent)]] }
                progress(.aria("label", page[.stageProgress]), .named("max", "100"), .named("value", percent))
            }
        } else {
            StageBadge(page, stage)
        }
    }
}
