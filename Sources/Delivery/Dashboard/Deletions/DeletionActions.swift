import HTML

/// What can be done with a deletion: repeat what failed, accept what is left, answer one made elsewhere.
struct DeletionActions: Component {
    let model: DeletionModel
    let page: PageContext

    init(_ model: DeletionModel, _ page: PageContext) {
        self.model = model
        self.page = page
    }

    @MarkupBuilder var body: Markup {
        if page.mayOperate && !model.actions.isEmpty {
            if model.status == .asked { p { page[.deletionAskQuestion] } }
            div(.class("actions")) {
                for action in model.actions { button(action) }
            }
        }
    }

    private func button(_ action: DeletionModel.Action) -> Markup {
        ActionForm(page, action: "/api/deletion-logs/\(model.id)/retry", cssClass: "action") {
            if let (name, value) = Self.field(action) { input(.type("hidden"), .name(name), .value(value)) }
            ActionButton(
                action == .retry || action == .propagate ? .primary : .secondary, word(action),
                label: page[.actionOf, ["action": word(action), "title": model.title]])
        }.body
    }

    /// What tells the actions of the one call apart (deletion.md §8 and §9).
    private static func field(_ action: DeletionModel.Action) -> (String, String)? {
        switch action {
        case .retry: nil
        case .includeSkipped, .acceptLeftovers: (action.rawValue, "true")
        case .propagate, .record, .dismiss: ("answer", action.rawValue)
        }
    }

    private func word(_ action: DeletionModel.Action) -> String {
        switch action {
        case .retry: page[.deletionRetry]
        case .includeSkipped: page[.deletionIncludeSkipped]
        case .acceptLeftovers: page[.deletionAcceptLeftovers]
        case .propagate: page[.deletionPropagate]
        case .record: page[.deletionRecord]
        case .dismiss: page[.deletionDismiss]
        }
    }
}
