import Changes
import Dashboard
import Database
import HTML
import HTTPServer
import JSONStream
import Jobs
import Media
import Shapes
import Store

extension API {
    func addEvents(to routes: inout Routes<Permission>) {
        routes.get("api", "events", permission: .user) { try events($0) }
        routes.get("api", "sse", permission: .user) { try events($0) }
    }

    /// Server-sent events: what was missed first, then everything as it is committed.
    private func events(_ request: Request) throws -> Response {
        let parameters = try Parameters(request)
        let listener = EventListener(
            topics: parameters.text("topics").map { Set($0.split(separator: ",").map(String.init)) },
            after: Int64(request.headers["Last-Event-ID"] ?? "") ?? Int64(parameters.text("after") ?? ""),
            view: try parameters.flag("html", default: false) ? parameters.text("view") ?? "" : nil,
            page: context(request))
        // Listening begins before the replay is read, so that nothing falls between.
        let live = store.changes.subscribe()
        return Response.events(mayGoOn: { await isStillWelcome(request) }) { sender in
            var last = try await replay(listener, to: sender)
            var gate = ProgressGate()
            for await change in live {
                if let id = change.id, id <= last { continue }
                guard gate.admits(change, at: now()) else { continue }
                try await send(change, listener, to: sender)
                last = max(last, change.id ?? last)
            }
        }.secured
    }

    /// Whether who opened a stream may still see it: sessions end, keys are revoked (security.md §4).
    private func isStillWelcome(_ request: Request) async -> Bool {
        var again = request
        return await admit(.user, &again) == nil
    }

    /// Sends what was committed after the listener's last event.
    ///
    /// - Returns: the id up to which the listener knows everything.
    private func replay(_ listener: EventListener, to sender: EventSender) async throws -> Int64 {
        let newest = try await store.read { try $0.lastEventID() }
        guard let after = listener.after else { return newest }
        guard let missed = try await store.read({ try $0.events(after: after) }) else {
            try await sender.send(id: String(newest), event: "reset", data: "{}")
            return newest
        }
        for change in missed { try await send(change, listener, to: sender) }
        return max(newest, missed.last?.id ?? newest)
    }

    private func send(_ change: Change, _ listener: EventListener, to sender: EventSender) async throws {
        guard listener.wants(change.topic) else { return }
        let key = RenderedEvents.Key(
            change: change, moment: change.id == nil ? now().milliseconds / 250 : 0, view: listener.view,
            theme: listener.page.theme, language: listener.page.strings.language, mayOperate: listener.page.mayOperate)
        guard let data = try await rendered.data(for: key, { try await render(change, listener) }) else { return }
        try await sender.send(id: change.id.map(String.init), event: change.topic.rawValue, data: data)
    }

    /// The event's data with the object as it stands now; nil when the object is gone.
    private func render(_ change: Change, _ listener: EventListener) async throws -> String? {
        var json = JSONWriter()
        switch change.topic {
        case .request:
            guard let id = change.object, let row = try await store.read({ try $0.request(id) }) else { return nil }
            let html = try await html(ofRequest: row, change, listener)
            json.object { json in
                json.field("change", change.data.contains("created") ? "created" : "updated")
                json.key("request")
                RequestShape(row, links: links).write(to: &json)
                html?.write(to: &json)
            }
        case .job:
            guard let id = change.object, let record = try await store.read({ try $0.job(id) }) else { return nil }
            let shape = JobShape(record, live: jobs.progress(of: id))
            let html = try await html(ofJob: shape, change, listener)
            json.object { json in
                json.key("job")
                shape.write(to: &json)
                html?.write(to: &json)
            }
        case .health:
            guard let html = try await html(ofHealth: change, listener) else { return change.data }
            json.object { json in
                json.key("changed")
                json.raw(change.data.utf8)
                html.write(to: &json)
            }
        case .requests: json.raw(change.data.utf8)
        case .finding: return nil
        }
        return String(decoding: json.bytes, as: UTF8.self)
    }
}

/// What one open stream wants to hear.
struct EventListener: Sendable {
    var topics: Set<String>?
    var after: Int64?
    /// The page that listens, when it wants components with its events.
    var view: String?
    var page: PageContext

    func wants(_ topic: Change.Topic) -> Bool { topics?.contains(topic.rawValue) ?? true }
}

/// Components rendered anew, by the id of the element they replace.
struct Patches {
    var elements: [(id: String, markup: String)] = []
    /// Elements that are no longer shown.
    var removed: [String] = []

    mutating func add(_ id: String, _ markup: Markup) { elements.append((id, markup.string)) }

    func write(to json: inout JSONWriter) {
        json.object("html") { json in
            for element in elements {
                json.key(string: element.id)
                json.value(element.markup)
            }
        }
        json.array("removed") { json in
            for id in removed { json.value(id) }
        }
    }
}
