import HTML

/// The plan of a deletion with its choices, and the button that does it.
///
/// Every choice is a parameter of the address, so that each plan is made by the server, with a script or without.
struct DeletePlanForm: Component {
    let plan: DeletePlan
    /// Where the choices lead: a page of our own, with what tells it what to plan.
    let path: String
    let query: [(String, String)]
    /// Where the deletion is sent to.
    let action: String
    let back: String
    let page: PageContext
    /// The page to show once it is begun; nil stays here.
    var then: String?

    @MarkupBuilder var body: Markup {
        if !plan.isEnabled { Notice(.attention, title: page[.deletionDisabled], text: page[.deletionDisabledHint]) }
        choices
        for item in plan.items { DeletePlanItem(item: item, isAlone: plan.items.count == 1, page: page) }
        for (request, _) in plan.busy {
            Notice(.info, title: page[.deleteBusy, ["id": String(request)]])
        }
        if !plan.unknownIDs.isEmpty {
            Notice(
                .info, title: page[.deleteUnknownIDs, ["ids": plan.unknownIDs.map(String.init).joined(separator: ", ")]]
            )
        }
        confirmation
    }

    private var choices: Markup {
        form(.class("filters"), .method("get"), .action(page.url(path)), .data("live", "main")) {
            for (name, value) in query { input(.type("hidden"), .name(name), .value(value)) }
            label(.class("check")) {
                input(.type("checkbox"), .name("delete_files"), .value("true"), .flag("checked", plan.deletesFiles))
                span { page[.deleteFiles] }
            }
            label(.class("check")) {
                input(.type("checkbox"), .name("add_exclusion"), .value("true"), .flag("checked", plan.addsExclusion))
                span { page[.deleteExclude] }
            }
            label(.class("field")) {
                span { page[.deleteTorrents] }
                select(.name("torrents")) {
                    for choice in DeletePlan.Torrents.allCases {
                        option(.value(choice.rawValue), .flag("selected", choice == plan.torrents)) { word(choice) }
                    }
                }
            }
            button(.type("submit"), .class("button secondary no-js")) { page[.deletePlanAgain] }
        }
    }

    private var confirmation: Markup {
        ActionForm(page, action: action, then: then, cssClass: "stacked") {
            if action.hasSuffix("bulk-delete") {
                for id in plan.requests { input(.type("hidden"), .name("request_ids"), .value(String(id))) }
            }
            input(.type("hidden"), .name("plan_id"), .value(plan.planID))
            input(.type("hidden"), .name("delete_files"), .value(plan.deletesFiles ? "true" : "false"))
            input(.type("hidden"), .name("torrents"), .value(plan.torrents.rawValue))
            input(.type("hidden"), .name("add_exclusion"), .value(plan.addsExclusion ? "true" : "false"))
            if plan.canRun && plan.hasUnknown {
                label(.class("check")) {
                    input(.type("checkbox"), .flag("required"))
                    span { page[.deleteAcceptUnknown] }
                }
            }
            if plan.canRun, let count = plan.confirmCount {
                label(.class("field")) {
                    span { page[.deleteTypeCount, ["count": String(count)]] }
                    input(
                        .type("text"), .name("confirm_count"), .flag("required"), .named("inputmode", "numeric"),
                        .named("pattern", String(count)), .named("autocomplete", "off"))
                }
            }
            div(.class("actions")) {
                if plan.canRun { ActionButton(.primary, order, icon: .trash) }
                a(.class("button quiet"), .href(page.url(back))) { page[.overrideCancel] }
            }
        }.body
    }

    /// "Delete 1 title, 8.4 GiB".
    private var order: String {
        let titles = page[.deleteTitles, count: Int64(plan.items.count)]
        guard plan.deletesFiles, plan.isEnabled, let size = BytesText.size(plan.bytes) else { return titles }
        return titles + ", " + size
    }

    private func word(_ choice: DeletePlan.Torrents) -> String {
        switch choice {
        case .auto: page[.deleteTorrentsAuto]
        case .keep: page[.deleteTorrentsKeep]
        case .remove: page[.deleteTorrentsRemove]
        }
    }
}

/// One title of a plan: what happens in each service, what to know, and what is lost for good.
private struct DeletePlanItem: Component {
    let item: DeletePlan.Item
    let isAlone: Bool
    let page: PageContext

    var body: Markup {
        section(.class("plan-item")) {
            if !isAlone {
                h3 { MediaLabel(page, title: item.title, year: item.year, kind: item.kind, url: nil) }
            }
            if let refusal = item.refusal { Notice(.bad, title: refusal) }
            for warning in item.warnings { Notice(.attention, title: warning) }
            DeletionLines(item.services, page, badge: DeletionWords.planned)
            if !item.cannotUndo.isEmpty {
                let lost = item.cannotUndo.map { DeletionWords.lost($0, page) }.joined(separator: ", ")
                p(.class("muted small")) { page[.deletionUndoLoses, ["what": lost]] }
            }
        }
    }
}
