import OpenAPI
import Shapes
import Store
import Tracking

extension RouteDoc {
    /// A hook's route; `name` is the word of its URL, under which aliases appear as well.
    static func hook(_ name: String, ofInstance: Bool = false) -> RouteDoc {
        RouteDoc(
            .webhooks, "receive\(title(name))\(ofInstance ? "Instance" : "")",
            ofInstance ? "Takes a webhook of one of several instances." : "Takes a webhook of \(name).",
            "Any event in the service's own form. Unknown and test events are recorded and change nothing.",
            path: ofInstance ? ["instance": instance] : [:], body: body(of: name),
            answers: [Answer(202, "It is stored.", "application/json", HookReceiptShape.schema)])
    }

    /// Of some only that they come counts.
    private static func body(of name: String) -> Operation.Body {
        Operation.Body(.any, isRequired: !["plex", "shoko"].contains(name))
    }

    static func hookSecret(_ name: String) -> RouteDoc {
        RouteDoc(
            .webhooks, "make\(title(name))Secret", "Makes a secret for the webhooks of an instance.",
            "The old one stays valid until the new one is first heard.", path: ["instance": instance],
            answers: .created(NewHookSecretShape.schema), refuses: [409])
    }

    private static let instance = Schema.string.note("Lower case letters, digits, `-` and `_`; at most 32.")

    private static func title(_ name: String) -> String { name.prefix(1).uppercased() + name.dropFirst() }

    static let listHooks = RouteDoc(
        .webhooks, "listHooks", "Says how to set up each sender, and what came of what it sent.",
        answers: .fresh(HookListShape.schema))

    static let listInbox = RouteDoc(
        .webhooks, "listInbox", "Lists received webhooks, newest first.",
        takes: [.query("outcome", .choice(InboxOutcome.self))] + .paged,
        answers: .fresh(ListShape<InboxEntryShape>.schema("inbox")))

    static let replayInbox = RouteDoc(
        .webhooks, "replayInbox", "Reads a received webhook again, while its body is kept.",
        answers: .ok(HookReceiptShape.schema))

    static let events = streamed("listenToEvents")
    static let eventsAlias = streamed("listenToEventsBySSE")

    private static func streamed(_ id: String) -> RouteDoc {
        RouteDoc(
            .events, id, "Sends changes as they are committed, as server-sent events.",
            "Events: `request` {change, request}, `requests` {job_id, added, updated} for more than 200 at once, "
                + "`request_deleted`, `job` {job}, `deletion`, `health`, and `reset` {} when what was missed is no "
                + "longer held: load again. Each reaches only those who may see its object.",
            takes: [
                .query("topics", .string, "Of \(API.eventNames.joined(separator: ", ")), by comma; all unless given."),
                .query("after", .integer, "The id of the last event heard; as the header Last-Event-ID."),
                .query("html", .boolean.otherwise("false"), "Whether re-rendered parts of pages come along."),
                .query("view", .string, "The page that listens."),
                .header("Last-Event-ID", .string, "What was committed after it is sent first."),
            ],
            answers: .content("text/event-stream", "The stream; a comment at least every 15 seconds."))
    }
}
