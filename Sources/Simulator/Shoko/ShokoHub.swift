import Synchronization

/// The event stream's connections, and what tests do to them.
final class ShokoHub: Sendable {
    private struct State {
        var sessions: [Int: AsyncStream<SignalRSession.Order>.Continuation] = [:]
        var lastSession = 0
        var isSilent = false
    }

    private let version: ShokoVersion
    private let flow: FlowEngine
    private let clock: any Clock<Duration>
    private let state = Mutex(State())

    init(version: ShokoVersion, flow: FlowEngine, clock: any Clock<Duration>) {
        self.version = version
        self.flow = flow
        self.clock = clock
    }

    /// Talks to one client until either side ends it; nothing from before is told.
    func serve(_ peer: any SocketPeer, feeds: [String]) async {
        let (orders, continuation) = AsyncStream.makeStream(of: SignalRSession.Order.self)
        let number = state.withLock { state in
            state.lastSession += 1
            state.sessions[state.lastSession] = continuation
            return state.lastSession
        }
        let happenings = flow.shokoHappenings()
        let session = SignalRSession(
            peer: peer, feeds: feeds, events: ShokoEvents(version: version), clock: clock,
            isSilent: { [weak self] in self?.isSilent ?? false })
        let forwarding = Task { for await happening in happenings { continuation.yield(.tell(happening)) } }
        await session.run(orders, continuation)
        forwarding.cancel()
        state.withLock { $0.sessions[number] = nil }
    }

    /// How many clients are connected.
    var count: Int { state.withLock { $0.sessions.count } }

    /// Tells everyone of something the flow does not know of.
    func tell(_ happening: ShokoHappening) { order(.tell(happening)) }

    /// Gives every connection the same order.
    func order(_ order: SignalRSession.Order) {
        for session in state.withLock({ Array($0.sessions.values) }) { session.yield(order) }
    }

    /// Connections stay open, answer handshakes, and say nothing else.
    var isSilent: Bool {
        get { state.withLock { $0.isSilent } }
        set { state.withLock { $0.isSilent = newValue } }
    }

    func reset() {
        isSilent = false
        order(.drop)
    }
}
