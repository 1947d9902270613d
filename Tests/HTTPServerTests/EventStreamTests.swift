import HTTPServer
import Lifecycle
import Synchronization
import Testing

@Suite("Server-sent events", .timeLimit(.minutes(1)))
struct EventStreamTests {
    @Test("carry id, name and data; line breaks neither split nor forge an event")
    func format() async throws {
        var routes = Routes<Permission, Void>()
        routes.get("events", permission: .open) { _ in
            .events { sender in
                try await sender.send(id: "7", event: "job", data: "{\"a\":1}")
                try await sender.send(id: "8\nevent: forged", data: "one\r\ntwo\rthree\n\nfive\n")
                try await sender.send(data: "")
                try await sender.comment("a\nb")
            }
        }
        try await withServer(routes) { (server) async throws in
            let answer = try await server.get("/events", "Accept-Encoding: gzip\r\n")
            #expect(answer.headers["content-type"] == "text/event-stream")
            #expect(answer.headers["cache-control"] == "no-store")
            #expect(answer.headers["content-encoding"] == nil)
            #expect(
                answer.text == """
                    retry: 2000

                    id: 7
                    event: job
                    data: {"a":1}

                    id: 8event: forged
                    data: one
                    data: two
                    data: three
                    data: 
                    data: five
                    data: 

                    data: 

                    : ab


                    """)
        }
    }

    @Test("come with a comment when nothing else happens")
    func heartbeat() async throws {
        var routes = Routes<Permission, Void>()
        routes.get("events", permission: .open) { _ in
            .events(heartbeat: .milliseconds(20)) { _ in await ShutdownSignal().wait() }
        }
        try await withServer(routes) { (server) async throws in
            let client = try server.client()
            try await client.send("GET /events HTTP/1.1\r\nHost: x\r\n\r\n")
            _ = try await client.receive(through: ": still here\n\n")
            _ = try await client.receive(through: ": still here\n\n")
        }
    }

    @Test("reach many clients, and those that leave are noticed")
    func manyClients() async throws {
        let hub = Hub()
        var routes = Routes<Permission, Void>()
        routes.get("events", permission: .open) { _ in .events { try await hub.serve($0) } }
        try await withServer(routes) { (server) async throws in
            let clients = try (0..<200).map { _ in try server.client() }
            for client in clients { try await client.send("GET /events HTTP/1.1\r\nHost: x\r\n\r\n") }
            await hub.waitFor(200)
            hub.publish("hello")
            for client in clients { _ = try await client.receive(through: "data: hello\n\n") }
            for client in clients.prefix(150) { client.hangUp() }
            await hub.waitFor(50)
            hub.publish("again")
            for client in clients.suffix(50) { _ = try await client.receive(through: "data: again\n\n") }
        }
        await hub.waitFor(0)
    }
}

/// Hands events to every stream that is open.
final class Hub: Sendable {
    private let listeners = Locked<[Int: AsyncStream<String>.Continuation]>([:])
    private let lastID = Atomic(0)

    func serve(_ sender: EventSender) async throws {
        let (events, continuation) = AsyncStream.makeStream(of: String.self, bufferingPolicy: .bufferingOldest(256))
        let id = lastID.add(1, ordering: .relaxed).newValue
        listeners.withLock { $0[id] = continuation }
        defer { _ = listeners.withLock { $0.removeValue(forKey: id) } }
        for await event in events { try await sender.send(data: event) }
    }

    func publish(_ event: String) {
        let all = listeners.withLock { Array($0.values) }
        for listener in all { listener.yield(event) }
    }

    func waitFor(_ count: Int) async {
        while listeners.withLock({ $0.count }) != count { try? await Task.sleep(for: .milliseconds(5)) }
    }
}
