public import HTTPClient
import Lifecycle
public import WebSocket

/// A link to a SignalR hub (JSON protocol, WebSocket without negotiation) that is made again whenever it ends.
///
/// The protocol: https://github.com/dotnet/aspnetcore/blob/main/src/SignalR/docs/specs/HubProtocol.md. Nothing is
/// replayed after a reconnect, so the caller lists again each time.
public final class SignalRConnection: Sendable {
    /// A ping of ours goes out this often: servers close a silent link after 60 s or less.
    public static let pingInterval = Duration.seconds(15)
    /// A link without any record for this long is dead, though its socket may look alive.
    public static let silenceLimit = Duration.seconds(60)
    /// How long the answer to the handshake may take.
    public static let handshakeLimit = Duration.seconds(15)

    /// Makes the request of each try, which may depend on what the server has become meanwhile.
    public typealias MakeRequest = @Sendable () async throws(UpstreamError) -> HTTPRequest

    private let request: MakeRequest
    private let client: WebSocketClient
    private let clock: any Clock<Duration>
    private let elapsed: @Sendable () -> Duration
    private let marks = Locked(LinkMarks())

    /// Makes a link that is not open yet.
    ///
    /// - Parameters:
    ///   - client: opens the socket.
    ///   - clock: measures pings, silence, and the pauses between tries; the socket's own time limits are real.
    ///   - request: URL of the hub with its query, headers, and limits, as `WebSocketClient.connect` takes them.
    public init(
        client: WebSocketClient, clock: any Clock<Duration> = ContinuousClock(), request: @escaping MakeRequest
    ) {
        self.client = client
        self.clock = clock
        self.request = request
        elapsed = Self.stopwatch(clock)
    }

    /// How the link stands now.
    public var state: SignalRState { marks.withLock { $0.state(at: elapsed()) } }

    /// Keeps the link up until the task is cancelled.
    ///
    /// The closures run one at a time. While one runs nothing further is read; the server is held back, nothing is lost.
    /// - Parameters:
    ///   - onConnected: the link is open, for the first time or again.
    ///   - onInvocation: the server called something.
    public func run(
        onConnected: () async -> Void, onInvocation: (SignalRInvocation) async -> Void
    ) async {
        var schedule = RetrySchedule()
        while !Task.isCancelled {
            marks.withLock { $0.phase = .connecting }
            let ending = await converse(onConnected, onInvocation)
            if Task.isCancelled { break }
            let pause = schedule.pause(afterLasting: ending.lasted, mayReturn: ending.mayReturn)
            marks.withLock { marks in
                marks.phase = .waiting(until: elapsed() + pause)
                marks.lastError = ending.error
            }
            do { try await clock.sleep(for: pause) } catch { break }
        }
        marks.withLock { $0.phase = .idle }
    }

    // MARK: One try

    private struct Ending {
        var error: UpstreamError
        /// How long the link was open; nil when it never was.
        var lasted: Duration?
        var mayReturn = true
    }

    private func converse(
        _ onConnected: () async -> Void, _ onInvocation: (SignalRInvocation) async -> Void
    ) async -> Ending {
        let question: HTTPRequest
        let socket: WebSocket
        do throws(UpstreamError) {
            question = try await request()
            socket = try await client.connect(question)
        } catch {
            return Ending(error: error)
        }
        defer { socket.close() }
        return await withTaskGroup(of: Void.self) { group in
            marks.withLock { $0.quietSince = elapsed() }
            group.addTask { await self.keepAlive(socket) }
            defer { group.cancelAll() }
            var conversation = Conversation(question)
            do throws(UpstreamError) {
                try socket.send(Conversation.handshake)
                while true {
                    let message = try await socket.receive()
                    let records = try conversation.take(message, closure: socket.closure)
                    if records.isEmpty { continue }
                    marks.withLock { marks in
                        marks.lastRecord = elapsed()
                        marks.quietSince = nil
                    }
                    if try await handle(records, &conversation, onConnected, onInvocation) {
                        return ending(conversation.farewell, mayReturn: conversation.mayReturn)
                    }
                    marks.withLock { $0.quietSince = elapsed() }
                }
            } catch {
                return ending(isDead ? question.failure(.timedOut(after: limit)) : error)
            }
        }
    }

    /// Handles records in order; true when the server took its leave.
    private func handle(
        _ records: [[UInt8]], _ conversation: inout Conversation, _ onConnected: () async -> Void,
        _ onInvocation: (SignalRInvocation) async -> Void
    ) async throws(UpstreamError) -> Bool {
        for record in records {
            if Task.isCancelled { throw conversation.request.failure(.cancelled) }
            switch try conversation.read(record) {
            case .opened:
                marks.withLock { marks in
                    marks.phase = .connected(since: elapsed())
                    marks.lastError = nil
                }
                await onConnected()
            case .invocation(let invocation): await onInvocation(invocation)
            case .nothing: break
            case .farewell: return true
            }
        }
        return false
    }

    private func ending(_ error: UpstreamError, mayReturn: Bool = true) -> Ending {
        let now = elapsed()
        return marks.withLock { marks in
            guard case .connected(let since) = marks.phase else { return Ending(error: error, mayReturn: mayReturn) }
            return Ending(error: error, lasted: now - since, mayReturn: mayReturn)
        }
    }

    // MARK: Time

    /// The silence allowed now: less while the handshake is unanswered.
    private var limit: Duration {
        marks.withLock { marks in
            if case .connected = marks.phase { Self.silenceLimit } else { Self.handshakeLimit }
        }
    }

    private var silenceEnds: Duration? { marks.withLock { $0.quietSince }.map { $0 + limit } }

    private var isDead: Bool { silenceEnds.map { $0 <= elapsed() } ?? false }

    /// Pings, and drops the socket when the server has been silent for too long.
    private func keepAlive(_ socket: WebSocket) async {
        var nextPing = elapsed() + Self.pingInterval
        while true {
            if isDead { return socket.abort() }
            let wake = min(nextPing, silenceEnds ?? nextPing)
            do { try await clock.sleep(for: wake - elapsed()) } catch { return }
            if elapsed() >= nextPing {
                // A socket that takes nothing more has ended, and the reader hears of it.
                try? socket.send(Conversation.ping)
                nextPing += Self.pingInterval
            }
        }
    }

    private static func stopwatch<C: Clock<Duration>>(_ clock: C) -> @Sendable () -> Duration {
        let start = clock.now
        return { start.duration(to: clock.now) }
    }
}
