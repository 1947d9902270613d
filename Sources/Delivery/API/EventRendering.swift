import Changes
import HTML
import JSONStream
import Jobs
import Media
import Shapes
import Store

extension API {
    /// The event's data with the object as it stands now; nil when the object is gone.
    func render(_ change: Change, _ listener: EventListener) async throws -> String? {
        var json = JSONWriter()
        switch change.topic {
        case .settings, .access: return nil
        case .request:
            let visibility = listener.visibility
            guard let id = change.object,
                let row = try await store.read({ try $0.request(id, visibleTo: visibility) })
            else { return nil }
            let html = try await html(ofRequest: row, change, listener)
            json.object { json in
                json.field("change", Self.isNew(change, to: visibility) ? "created" : "updated")
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
            let news = HealthNews(change.data)
            // Nothing but the page that shows when each was asked needs to know of every time one was.
            if let news, !news.hasChanged, listener.view != "status" { return nil }
            guard let html = try await html(ofHealth: change, news, listener) else { return change.data }
            json.object { json in
                json.key("changed")
                json.raw(change.data.utf8)
                html.write(to: &json)
            }
        case .deletion:
            guard let html = try await html(ofDeletion: change, listener),
                let data = try? JSONTree(Array(change.data.utf8))
            else { return change.data }
            json.object { json in
                for (key, value) in data.root.members {
                    json.key(string: key)
                    json.value(value)
                }
                html.write(to: &json)
            }
        case .requests, .requestDeleted: json.raw(change.data.utf8)
        case .finding: return nil
        }
        return String(decoding: json.bytes, as: UTF8.self)
    }

    /// A request whose owner became known is new to that user, and to nobody else (tracking.md §2.3).
    private static func isNew(_ change: Change, to visibility: Visibility) -> Bool {
        switch RequestChange(data: change.data) {
        case .created: true
        case .owned: visibility != .all
        case .updated: false
        }
    }
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
