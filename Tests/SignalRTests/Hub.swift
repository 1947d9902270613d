import HTTPClient
import Lifecycle
import SignalR
import TestSupport
import Testing
import WebSocket

/// What happened, in order, for the test to look at.
final class Notes: Sendable {
    private let values = Locked<[String]>([])

    func add(_ value: String) { values.withLock { $0.append(value) } }
    var all: [String] { values.withLock { $0 } }
    var count: Int { all.count }
}

extension WebSocketPeer {
    /// Upgrades and answers the handshake; records may follow in the same message.
    @discardableResult
    func greet(_ more: String = "") -> String? {
        upgrade()
        let hello = receive(WebSocketFrame.text)?.text
        send("{}\u{1E}" + more)
        return hello
    }
}

/// A call of a target without arguments.
func call(_ target: String) -> String { #"{"type":1,"target":"\#(target)","arguments":[]}"# + "\u{1E}" }

/// A link under test: it runs while the body does, and notes what it hears.
func withLink(
    clock: ManualClock = ManualClock(), _ script: @escaping WebSocketServer.Script,
    _ body: (SignalRConnection, Notes, ManualClock) async throws -> Void
) async throws {
    let server = try WebSocketServer(script)
    defer { server.stop() }
    let url = server.url + "/hub"
    let link = SignalRConnection(client: WebSocketClient(), clock: clock) { () async throws(UpstreamError) in
        HTTPRequest("GET", url, service: "hub")
    }
    let notes = Notes()
    let running = Task {
        await link.run(onConnected: { notes.add("connected") }, onInvocation: { notes.add($0.target) })
    }
    try await body(link, notes, clock)
    running.cancel()
    await running.value
    #expect(link.state.phase == .idle)
}

/// Polls until a condition holds; fails the test after ten seconds.
func eventually(_ what: Comment, sourceLocation: SourceLocation = #_sourceLocation, _ holds: () -> Bool) async {
    let deadline = ContinuousClock.now + .seconds(10)
    while !holds() {
        guard ContinuousClock.now < deadline else {
            Issue.record(what, sourceLocation: sourceLocation)
            return
        }
        try? await Task.sleep(for: .milliseconds(2))
    }
}
