import Foundation
import Testing

@testable import Simulator

/// A client of the simulated Shoko: its REST API, and its event stream without a network.
struct ShokoClient: Sendable {
    let stack: Stack

    init(_ version: ShokoVersion = .v5, series: Int = 20, clock: any Clock<Duration> = ContinuousClock()) {
        stack = Stack(series: series, shoko: version, clock: clock)
    }

    var flow: FlowEngine { stack.simulator.world.flow }

    func get(_ path: String) async -> Reply { await call("GET", path) }

    func call(_ method: String, _ path: String) async -> Reply {
        await stack.call(method, "/shoko\(path)", headers: ["apikey": stack.simulator.environment("SHOKO_API_KEY")])
    }

    @discardableResult
    func control(_ body: [String: Any]) async -> Reply {
        let reply = await stack.post("/simulator/services/shoko", body)
        #expect(reply.status == 200)
        return reply
    }

    /// Asks for one anime and plays it to its end.
    func request(seasons: [Int] = [2], isFilm: Bool = false, isMatchable: Bool = true) {
        flow.with { state in
            let title = state.title(for: FlowWish(isFilm: isFilm, isAnime: true, seasons: seasons))
            if !isMatchable { state.unmatchable.insert(title) }
            _ = state.request(title)
        }
    }

    /// Connects, talks while `work` runs, and leaves.
    func listen(
        feeds: String, handshake: String? = #"{"protocol":"json","version":1}"#, _ work: (FakePeer) async -> Void
    ) async throws {
        let call = Call(
            "GET", ["shoko", "signalr", "aggregate"], query: [(name: "feeds", value: feeds)],
            headers: [
                (name: "upgrade", value: "websocket"), (name: "connection", value: "keep-alive, Upgrade"),
                (name: "sec-websocket-version", value: "13"),
                (name: "sec-websocket-key", value: "dGhlIHNhbXBsZSBub25jZQ=="),
                (name: "apikey", value: stack.simulator.environment("SHOKO_API_KEY")),
            ])
        let delivery = await stack.simulator.route(call)
        #expect(delivery.answer.status == 101)
        // The example of RFC 6455 §1.3.
        let accepted = delivery.answer.headers.first { $0.name == "Sec-WebSocket-Accept" }?.value
        #expect(accepted == "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=")
        guard case .socket(let talk) = delivery.answer.body else { throw NoSocket() }
        let peer = FakePeer()
        async let talking: Void = talk(peer)
        if let handshake {
            await peer.say(handshake + "\u{1E}")
            _ = await peer.records(1)
        }
        await work(peer)
        await peer.cut()
        await talking
    }

    struct NoSocket: Error {}
}
