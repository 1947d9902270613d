import Foundation
import HTTPClient
import Lifecycle
import SignalR
import Testing
import WebSocket

@testable import Simulator

/// The event stream over a real socket, on the port all services share.
@Suite("Shoko's event stream on the network", .timeLimit(.minutes(1)))
struct ShokoNetworkTests {
    private struct Running {
        let simulator: Simulator
        let url: String
        let key: String
        let control: String

        func request(_ feeds: String) -> HTTPRequest {
            HTTPRequest("GET", "\(url)/signalr/aggregate?feeds=\(feeds)", headers: [("apikey", key)])
        }

        func control(_ body: String) async throws {
            let request = HTTPRequest("POST", control + "/services/shoko", body: Array(body.utf8))
            #expect(try await CurlTransport().send(request).status == 200)
        }
    }

    private func withServer(_ work: (Running) async throws -> Void) async throws {
        let server = SimulatorServer(
            try ServeOptions(["--port", "0", "--library", "films=20,series=10,episodes=100", "--speed", "0"]))
        let lines = try await server.start()
        func value(_ mark: String) -> String {
            lines.first { $0.hasPrefix(mark) }.map { String($0.dropFirst(mark.utf8.count)) } ?? ""
        }
        let running = Running(
            simulator: server.simulator, url: value("SHOKO_URL="), key: value("SHOKO_API_KEY="),
            control: value("# control "))
        do {
            try await work(running)
        } catch {
            await server.stop()
            throw error
        }
        await server.stop()
    }

    @Test("reaches a client with every event of a file's way, in order")
    func events() async throws {
        try await withServer { running in
            let heard = Locked<[String]>([])
            let connected = ShutdownSignal(), complete = ShutdownSignal()
            let link = SignalRConnection(client: WebSocketClient()) { () async throws(UpstreamError) in
                running.request("shoko")
            }
            let listening = Task {
                await link.run(
                    onConnected: {},
                    onInvocation: { invocation in
                        if invocation.target == "ShokoEvent:OnConnected" { return connected.trigger() }
                        heard.withLock { $0.append(invocation.target) }
                        if invocation.target == "ShokoEvent:EpisodeUpdated" { complete.trigger() }
                    })
            }
            await connected.wait()
            let flow = running.simulator.world.flow
            flow.with { state in
                _ = state.request(state.title(for: FlowWish(isFilm: false, isAnime: true, seasons: [1])))
            }
            flow.advance(by: 24 * 3_600)
            await complete.wait()
            let files = heard.withLock { $0 }.filter { $0.hasPrefix("ShokoEvent:File") }
            #expect(files == ["ShokoEvent:FileDetected", "ShokoEvent:FileHashed", "ShokoEvent:FileMatched"])
            listening.cancel()
            await listening.value
        }
    }

    @Test("is refused without a key, and ends with the server in order")
    func refusalAndEnd() async throws {
        let open = Locked<WebSocket?>(nil)
        try await withServer { running in
            var request = running.request("shoko")
            request.headers = [("apikey", "wrong")]
            let wrong = request
            let error = await #expect(throws: UpstreamError.self) { _ = try await WebSocketClient().connect(wrong) }
            #expect(error?.reason == .refusedAuth)
            let socket = try await WebSocketClient().connect(running.request("shoko"))
            try socket.send("{\"protocol\":\"json\",\"version\":1}\u{1E}")
            #expect(try await socket.receive()?.text == "{}\u{1E}")
            open.withLock { $0 = socket }
        }
        let socket = try #require(open.withLock { $0 })
        while try await socket.receive() != nil {}
        #expect(socket.closure?.code == 1_001)
    }

    @Test("breaks without a farewell when a test says so")
    func drop() async throws {
        try await withServer { running in
            let socket = try await WebSocketClient().connect(running.request("shoko"))
            try socket.send("{\"protocol\":\"json\",\"version\":1}\u{1E}")
            #expect(try await socket.receive()?.text == "{}\u{1E}")
            _ = try await socket.receive()
            try await running.control(#"{"action":"drop"}"#)
            _ = try? await socket.receive()
            #expect(socket.closure == nil || socket.closure?.code == nil || socket.closure?.code == 1_006)
        }
    }
}
