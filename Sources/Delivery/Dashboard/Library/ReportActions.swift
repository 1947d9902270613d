import HTML

/// What can be done with a finished run: apply or discard a plan, undo what was applied.
struct ReportActions: Component {
    let model: RunReport.Model
    let page: PageContext

    @MarkupBuilder var body: Markup {
        switch model.planState {
        case .applicable: apply
        case .expired: p(.class("muted")) { page[.planExpired] }
        case .applied: p(.class("muted")) { page[.planApplied] }
        case .none: undo
        }
    }

    private var changes: Int64 {
        model.counters.reduce(0) { sum, entry in
            entry.counter == .added || entry.counter == .updated ? sum + entry.value : sum
        }
    }

    @MarkupBuilder private var apply: Markup {
        if changes == 0 {
            p(.class("muted")) { page[.planNothing] }
        } else if page.mayOperate {
            ActionForm(page, action: model.job.kind.startPath, then: "/library", cssClass: "actions bar") {
                input(.type("hidden"), .name("plan"), .value(String(model.job.id)))
                input(
                    .type("hidden"), .name("update_existing"), .value(model.updatesExisting ? "true" : "false"))
                ActionButton(.primary, page[.planApply], icon: .check)
                a(.class("button quiet"), .href(page.url("/library"))) { page[.planDiscard] }
                span(.class("muted")) { page[.planApplyHint, count: changes] }
            }
        }
    }

    @MarkupBuilder private var undo: Markup {
        if let undone = model.undoneBy {
            p(.class("muted")) { page[.undoneBy, ["id": String(undone)]] }
        } else if model.job.canUndo && page.mayOperate {
            ActionForm(page, action: "/api/jobs/\(model.job.id)/undo", then: "/library", cssClass: "actions bar") {
                ActionButton(.secondary, page[.undoRun], icon: .undo)
                span(.class("muted")) { page[.undoHint] }
            }
        }
    }
}

extension JobModel.Kind {
    /// The route that starts a job of this kind.
    var startPath: String {
        switch self {
        case .librarySync: "/api/admin/sync/library"
        case .metadataUpdate: "/api/admin/sync/update-metadata"
        case .pendingSync: "/api/admin/sync/pending"
        }
    }
}
