import Changes
import Dashboard
import Database
import HTTPServer
import Media
import Store

extension API {
    func addEvents(to routes: inout RouteTable) {
        routes.get("api", "events", permission: .user, doc: .events) { try events($0) }
        routes.get("api", "sse", permission: .user, doc: .eventsAlias) { try events($0) }
    }

    /// Server-sent events: what was missed first, then everything as it is committed.
    private func events(_ request: Request) throws -> Response {
        let parameters = try Parameters(request)
        var page = context(request)
        // Components are shared: none may carry one session's token.
        page.csrfToken = nil
        let listener = EventListener(
            topics: try Self.topics(parameters),
            after: try Int64(request.headers["Last-Event-ID"] ?? "") ?? Self.place(parameters),
            visibility: request.visibility,
            view: try parameters.flag("html", default: false) ? parameters.text("view") ?? "" : nil,
            page: page)
        let seat = try seat(request)
        // Listening begins before the replay is read, so that nothing falls between.
        let live = store.changes.subscribe()
        let ends = store.changes.subscribe(to: [.access, .settings])
        return Response.events(mayGoOn: { await isStillWelcome(request) }) { sender in
            defer { withExtendedLifetime(seat) {} }
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask {
                    try await tell(listener, live) { try await sender.send(id: $0.id, event: $0.name, data: $0.data) }
                }
                group.addTask { await waitUntilUnwelcome(request, ends) }
                defer { group.cancelAll() }
                try await group.next()
            }
        }.secured
    }

    /// Returns when a change of rights, on this or any other replica, has shut out who opened a stream.
    func waitUntilUnwelcome(_ request: Request, _ ends: AsyncStream<Change>) async {
        // It may have happened before listening began.
        if await !isStillWelcome(request) { return }
        for await change in ends {
            // Under other settings everything is made anew, links and views too: the listener comes back to it.
            if change.topic == .settings { return }
            if await !isStillWelcome(request) { return }
        }
    }

    /// Every event a listener can ask for by name; more will come (api.md §4).
    static let eventNames =
        Change.Topic.allCases.filter(\.isForClients).map(\.rawValue) + ["reset"]

    /// A misspelt topic would never be heard of.
    private static func topics(_ parameters: Parameters) throws -> Set<String>? {
        let wanted = try parameters.list("topics")
        guard wanted.allSatisfy(eventNames.contains) else {
            throw Problem.invalid("topics", "must be of \(eventNames.joined(separator: ", "))")
        }
        return wanted.isEmpty ? nil : Set(wanted)
    }

    private static func place(_ parameters: Parameters) throws -> Int64? {
        guard let text = parameters.text("after") else { return nil }
        guard let id = Int64(text), id >= 0 else { throw Problem.invalid("after", "must be the id of an event") }
        return id
    }

    /// Whether who opened a stream may still see it: sessions end, keys are revoked, roles change (security.md §4).
    private func isStillWelcome(_ request: Request) async -> Bool {
        var again = request
        return await admit(.user, &again, mayRenew: false) == nil && again.visibility == request.visibility
    }

    /// Sends a listener what it missed, then what is live, for as long as it listens.
    func tell(
        _ listener: EventListener, _ live: AsyncStream<Change>, _ send: (SentEvent) async throws -> Void
    ) async throws {
        var last = try await replay(listener, send)
        var gate = ProgressGate()
        for await change in live {
            if let id = change.id, id <= last { continue }
            guard gate.admits(change, at: now()) else { continue }
            if let event = try await event(of: change, for: listener) { try await send(event) }
            last = max(last, change.id ?? last)
        }
    }

    /// Sends what was committed after the listener's last event.
    ///
    /// - Returns: the id up to which the listener knows everything.
    private func replay(
        _ listener: EventListener, _ send: (SentEvent) async throws -> Void
    ) async throws -> Int64 {
        let newest = try await store.read { try $0.lastEventID() }
        guard var last = listener.after else { return newest }
        let visibility = listener.visibility
        while true {
            let after = last
            let missed = try await store.read {
                try $0.events(after: after, visibleTo: visibility, limit: Self.replayPage)
            }
            guard let missed else {
                try await send(SentEvent(id: String(newest), name: "reset", data: "{}"))
                return newest
            }
            for change in missed {
                if let event = try await event(of: change, for: listener) { try await send(event) }
            }
            last = missed.last?.id ?? last
            if missed.count < Self.replayPage { return max(newest, last) }
        }
    }

    /// How many missed events are read at once: somebody may have missed a hundred thousand.
    private static let replayPage = 1_000

    /// What a listener is told of a change; nil when it does not want it, or may not know of its object now.
    private func event(of change: Change, for listener: EventListener) async throws -> SentEvent? {
        guard change.topic.isForClients, listener.wants(change.topic), try await maySee(change, listener) else {
            return nil
        }
        let key = RenderedEvents.Key(
            change: change, moment: change.id == nil ? now().milliseconds / 250 : 0, view: listener.view,
            theme: listener.page.theme, language: listener.page.strings.language, mayOperate: listener.page.mayOperate,
            mayVerify: listener.page.mayVerify, maySeeJobs: listener.page.maySeeJobs, visibility: listener.visibility)
        guard let data = try await rendered.data(for: key, { try await render(change, listener) }) else { return nil }
        return SentEvent(id: change.id.map(String.init), name: change.topic.rawValue, data: data)
    }

    /// Asked each time anew, never of what is held: rows change hands while listeners wait.
    private func maySee(_ change: Change, _ listener: EventListener) async throws -> Bool {
        if [.job, .deletion].contains(change.topic) && !listener.page.maySeeJobs { return false }
        let visibility = listener.visibility
        if visibility == .all { return true }
        return try await store.read { try $0.isVisible(change, to: visibility) }
    }
}

/// One event as it goes out.
struct SentEvent: Sendable, Hashable {
    var id: String?
    var name: String
    var data: String
}

/// What one open stream wants to hear, and may.
struct EventListener: Sendable {
    var topics: Set<String>?
    var after: Int64?
    var visibility: Visibility
    /// The page that listens, when it wants components with its events.
    var view: String?
    var page: PageContext

    func wants(_ topic: Change.Topic) -> Bool { topics?.contains(topic.rawValue) ?? true }
}
