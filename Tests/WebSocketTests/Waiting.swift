import HTTPClient
import Lifecycle
import TestSupport
import Testing
import WebSocket

/// Runs a test against a server that follows a script.
func withServer<Result>(
    _ script: @escaping WebSocketServer.Script, _ body: (WebSocketServer) async throws -> Result
) async throws -> Result {
    let server = try WebSocketServer(script)
    defer { server.stop() }
    return try await body(server)
}

/// Connects, and closes at the end.
func withSocket(
    _ script: @escaping WebSocketServer.Script, maxMessage: Int = 4 << 20, client: WebSocketClient = WebSocketClient(),
    _ body: (WebSocket) async throws -> Void
) async throws {
    try await withServer(script) { server in
        let socket = try await client.connect(HTTPRequest("GET", server.url + "/hub", maxBody: maxMessage))
        defer { socket.abort() }
        try await body(socket)
    }
}

/// Runs a call that should fail, and returns how.
func failure(
    sourceLocation: SourceLocation = #_sourceLocation, of call: () async throws(UpstreamError) -> some Any
) async -> UpstreamError? {
    do {
        _ = try await call()
        Issue.record("the call succeeded", sourceLocation: sourceLocation)
        return nil
    } catch {
        return error
    }
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

/// What a script saw, for the test to look at.
final class Notes<Value: Sendable>: Sendable {
    private let values = Locked<[Value]>([])

    func add(_ value: Value) { values.withLock { $0.append(value) } }
    var all: [Value] { values.withLock { $0 } }
}

extension WebSocket {
    /// As `receive`, with an untyped error, as `#expect` wants it.
    func message() async throws -> WebSocketMessage? { try await receive() }
}
