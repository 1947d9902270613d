public import HTTPServer
import OpenAPI

/// The table of Marquee's routes.
public typealias RouteTable = Routes<Permission, RouteDoc>

/// What a route says of itself: its part of the API's description, or why it has none.
///
/// Statuses that follow from permission, path, parameters and body are not written here: `operation(of:)` adds them.
public struct RouteDoc: Sendable {
    /// nil for what is no part of the API.
    let operation: Operation?
    /// The forms of the path's parameters; those not named are ids.
    let path: [String: Schema]

    /// A page for people.
    static let page = RouteDoc(operation: nil, path: [:])
    /// A file of our pages.
    static let asset = page
    /// What answers only that nothing is there.
    static let nowhere = page

    private init(operation: Operation?, path: [String: Schema]) {
        self.operation = operation
        self.path = path
    }

    /// A route of the API.
    ///
    /// - Parameters:
    ///   - chapter: where readers look for it.
    ///   - id: a name for generated clients, such as `listRequests`; unique.
    ///   - summary: one sentence.
    ///   - detail: what the sentence cannot hold.
    ///   - path: the forms of the path's parameters that are not ids.
    ///   - parameters: of query and header.
    ///   - body: the members of its JSON body; nil for none.
    ///   - answers: what it answers when all is well.
    ///   - refuses: statuses of its own problems, beside those that follow from the table.
    init(
        _ chapter: Chapter, _ id: String, _ summary: String, _ detail: String? = nil, path: [String: Schema] = [:],
        takes parameters: [Parameter] = [], body: Operation.Body? = nil, answers: [Answer], refuses: [Int] = []
    ) {
        operation = Operation(
            id: id, tag: chapter.rawValue, summary: summary, detail: detail, parameters: parameters, body: body,
            answers: answers + refuses.map { .problem($0) })
        self.path = path
    }

    /// The chapters of the description, in their order.
    enum Chapter: String, CaseIterable {
        case requests = "Requests"
        case deletions = "Deletions"
        case syncs = "Syncs"
        case jobs = "Jobs"
        case findings = "Findings"
        case webhooks = "Webhooks"
        case events = "Events"
        case accounts = "Accounts"
        case settings = "Settings"
        case backups = "Backups"
        case health = "Health"

        var text: String {
            switch self {
            case .requests: "What was asked for, and how far each of it is."
            case .deletions: "Removing a title from every service, and proving it."
            case .syncs: "Comparing what Marquee holds with what the services know."
            case .jobs: "Work that takes longer than an answer, with its plan and its undo."
            case .findings: "What a sync leaves to a person."
            case .webhooks: "What the services send, and what became of it."
            case .events: "Changes as they happen."
            case .accounts: "Signing in, API keys, users, and who did what."
            case .settings: "How Marquee is set up, and by whom."
            case .backups: "Copies of Marquee's own database."
            case .health: "Whether Marquee and its services are well, and this description."
            }
        }
    }
}
