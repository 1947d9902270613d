import Foundation
import HTTPClient
import Synchronization

/// A client of `/api/events`: keeps what it is sent.
final class EventStream: Sendable {
    struct Event: Sendable, Hashable {
        var id: String?
        var name: String
        var data: String

        /// A member of the request the event carries.
        var request: [String: Any]? {
            let object = (try? JSONSerialization.jsonObject(with: Data(data.utf8))) as? [String: Any]
            return object?["request"] as? [String: Any]
        }
    }

    private struct State {
        var events: [Event] = []
        var hasComment = false
        var isOver = false
        var rest = ""
    }

    let headers: HTTPHeaders
    let status: Int
    private let state = Mutex(State())
    private let stream: HTTPStream
    private let reader: Task<Void, Never>

    private static let transport = CurlTransport(perHost: 256)

    static func open(
        _ server: Server, after id: String? = nil, _ query: String = "", headers more: [(String, String)] = []
    ) async throws -> EventStream {
        let headers = (id.map { [("Last-Event-ID", $0)] } ?? []) + more
        let request = HTTPRequest(
            "GET", server.url + "/api/events" + query, headers: headers, timeout: .seconds(600), maxBody: 1 << 30)
        return EventStream(try await transport.stream(request))
    }

    private init(_ stream: HTTPStream) {
        self.stream = stream
        status = stream.status
        headers = stream.headers
        let box = WeakBox()
        reader = Task {
            while let bytes = try? await stream.next() { box.value?.take(bytes) }
            box.value?.state.withLock { $0.isOver = true }
        }
        box.set(self)
    }

    deinit {
        reader.cancel()
        stream.cancel()
    }

    func close() {
        reader.cancel()
        stream.cancel()
    }

    var events: [Event] { state.withLock(\.events) }
    var hasComment: Bool { state.withLock(\.hasComment) }
    var isOver: Bool { state.withLock(\.isOver) }

    func wait(_ limit: Duration = .seconds(30), _ condition: @Sendable ([Event]) -> Bool) async -> Bool {
        await eventually(limit) { condition(self.events) }
    }

    private func take(_ bytes: [UInt8]) {
        state.withLock { state in
            state.rest += String(decoding: bytes, as: UTF8.self)
            while let end = state.rest.range(of: "\n\n") {
                let block = state.rest[..<end.lowerBound]
                var event = Event(id: nil, name: "message", data: "")
                for line in block.split(separator: "\n") {
                    if line.hasPrefix(":") { state.hasComment = true }
                    let value = { (name: String) in
                        line.hasPrefix(name + ": ") ? String(line.dropFirst(name.count + 2)) : nil
                    }
                    if let id = value("id") { event.id = id }
                    if let name = value("event") { event.name = name }
                    if let data = value("data") { event.data += data }
                }
                if !event.data.isEmpty { state.events.append(event) }
                state.rest = String(state.rest[end.upperBound...])
            }
        }
    }

    /// The reader must not keep the stream alive.
    private final class WeakBox: Sendable {
        private let held = Mutex<Weak>(Weak())
        private struct Weak { weak var value: EventStream? }
        var value: EventStream? { held.withLock { $0.value } }
        func set(_ value: EventStream) { held.withLock { $0.value = value } }
    }
}
