public import HTTPClient
import Synchronization
import Testing

/// Answers from a table and remembers what was asked; an unplanned request fails the test.
public final class StubTransport: HTTPTransport {
    /// What a request comes to.
    public enum Answer: Sendable {
        /// A whole answer; `stream` brings its body in pieces.
        case response(HTTPResponse)
        /// No answer at all.
        case failure(UpstreamError.Reason)
        /// An answer whose body ends with a failure: `send` fails, `stream` fails after these bytes.
        case broken(HTTPResponse, UpstreamError.Reason)
    }

    private struct State {
        var answers: [String: [Answer]]
        var requests: [HTTPRequest] = []
    }

    private let state: Mutex<State>
    private let handler: (@Sendable (HTTPRequest) -> Answer?)?
    private let pieceSize: Int
    private let door = Turnstile(width: 1)

    /// Plans whole answers by `"GET /path"`, without query: given out in order, the last one again and again.
    public convenience init(_ answers: [String: [HTTPResponse]], pieceSize: Int = 1000) {
        self.init(answers: answers.mapValues { $0.map(Answer.response) }, pieceSize: pieceSize)
    }

    /// Plans answers and failures by `"GET /path"`, without query: given out in order, the last one again and again.
    public init(answers: [String: [Answer]], pieceSize: Int = 1000) {
        state = Mutex(State(answers: answers))
        handler = nil
        self.pieceSize = pieceSize
    }

    /// Decides each answer when it is asked for; nil means unplanned.
    public init(pieceSize: Int = 1000, handler: @escaping @Sendable (HTTPRequest) -> Answer?) {
        state = Mutex(State(answers: [:]))
        self.handler = handler
        self.pieceSize = pieceSize
    }

    /// Everything asked so far, in order.
    public var requests: [HTTPRequest] { state.withLock { $0.requests } }

    /// Answers nothing while `body` runs: what is under way stays under way.
    public func holding<R>(_ body: () async throws -> R) async rethrows -> R { try await door.pass(body) }

    public func send(_ request: HTTPRequest) async throws(UpstreamError) -> HTTPResponse {
        await door.pass {}
        switch try answer(to: request) {
        case .response(let response): return response
        case .failure(let reason), .broken(_, let reason): throw request.failure(reason, cause: "stub")
        }
    }

    public func stream(_ request: HTTPRequest) async throws(UpstreamError) -> HTTPStream {
        await door.pass {}
        switch try answer(to: request) {
        case .response(let response): return Self.stream(response, nil, pieceSize)
        case .broken(let response, let reason):
            return Self.stream(response, request.failure(reason, cause: "stub"), pieceSize)
        case .failure(let reason): throw request.failure(reason, cause: "stub")
        }
    }

    private func answer(to request: HTTPRequest) throws(UpstreamError) -> Answer {
        let planned = state.withLock { state -> Answer? in
            state.requests.append(request)
            guard var queue = state.answers[request.operation], let first = queue.first else { return nil }
            if queue.count > 1 { queue.removeFirst() }
            state.answers[request.operation] = queue
            return first
        }
        if let answer = planned ?? handler?(request) { return answer }
        Issue.record("unplanned request: \(request.operation)")
        throw request.failure(.unreachable, cause: "no stub")
    }

    private static func stream(_ response: HTTPResponse, _ end: UpstreamError?, _ pieceSize: Int) -> HTTPStream {
        let body = response.body
        let offset = Mutex<Int?>(0)
        let next: HTTPStream.Pull = { () async throws(UpstreamError) -> [UInt8]? in
            let start = offset.withLock { offset -> Int? in
                defer { offset = offset.map { min(body.count, $0 + pieceSize) } }
                return offset
            }
            guard let start else { throw UpstreamError(service: "", operation: "stub", reason: .cancelled) }
            if start < body.count { return Array(body[start..<min(start + pieceSize, body.count)]) }
            if let end { throw end }
            return nil
        }
        return HTTPStream(status: response.status, headers: response.headers, next: next) {
            offset.withLock { $0 = nil }
        }
    }
}
