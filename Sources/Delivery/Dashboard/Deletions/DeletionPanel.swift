public import HTML

/// A request's deletion on its page: one live line for each service, and what can be done.
public struct DeletionPanel: Component, Sendable {
    /// The id of the part's element, which is always there, and empty while nothing is deleted.
    public static func elementID(_ request: Int64) -> String { "request-\(request)-deletion" }

    let request: Int64
    let model: DeletionModel?
    let version: Int64
    let page: PageContext

    /// The part of a request's page, as new as the event `version`; empty without a deletion.
    public init(_ model: DeletionModel?, of request: Int64, version: Int64, _ page: PageContext) {
        self.model = model
        self.request = request
        self.version = version
        self.page = page
    }

    public var body: Markup {
        div(.id(Self.elementID(request)), .class("slot"), .data("version", String(version))) {
            if let model { panel(model) }
        }
    }

    private func panel(_ model: DeletionModel) -> Markup {
        section(.class(model.status == .incomplete ? "card trouble" : "card"), .aria("labelledby", "deletion-title")) {
            header(.class("card-head")) {
                h2(.id("deletion-title")) { title(model.status) }
                p(.class("muted small")) {
                    bdi { model.by }
                    " · "
                    Moment(model.startedAt)
                }
            }
            DeletionLines(model.services, page)
            DeletionActions(model, page)
            if page.mayAdminister {
                p(.class("small")) { a(.href(page.url("/deletions"))) { page[.deletionsAll] } }
            }
        }
    }

    private func title(_ status: DeletionModel.Status) -> String {
        switch status {
        case .asked: page[.deletionTitleAsked]
        case .inProgress: page[.deletionTitleRunning]
        case .incomplete: page[.deletionTitleIncomplete]
        case .complete, .accepted, .withdrawn: DeletionWords.word(status, page)
        }
    }
}
