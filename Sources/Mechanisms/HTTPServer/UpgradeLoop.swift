import CEpoll
import Glibc
import Lifecycle

/// One thread that moves the bytes of all upgraded connections; it exists from the first of them on.
final class UpgradeLoop: Sendable {
    private static let wakeID = UInt64.max

    private struct State: Sendable {
        var lastID: UInt64 = 0
        var connections: [UInt64: (connection: UpgradedConnection, socket: Int32)] = [:]
        var ids: [ObjectIdentifier: UInt64] = [:]
        /// Those with something to do that no socket event tells of.
        var pending: Set<UInt64> = []
        var thread: pthread_t?
        var isStopping = false
    }

    private let epoll: Int32
    private let wakeUp: Int32
    private let state = Locked(State())

    init() {
        epoll = epoll_create1(Int32(EPOLL_CLOEXEC))
        wakeUp = eventfd(0, Int32(EFD_CLOEXEC | EFD_NONBLOCK))
        precondition(epoll >= 0 && wakeUp >= 0, "the system refused an epoll set: error \(errno)")
        var event = unsafe epoll_event()
        unsafe event.events = EPOLLIN.rawValue | EPOLLET.rawValue
        unsafe event.data.u64 = Self.wakeID
        unsafe epoll_ctl(epoll, EPOLL_CTL_ADD, wakeUp, &event)
    }

    deinit {
        close(epoll)
        close(wakeUp)
    }

    /// Takes a connection over.
    ///
    /// - Returns: false when the loop has stopped; the connection is then nobody's.
    func add(_ connection: UpgradedConnection, socket: Int32) -> Bool {
        state.withLock { state in
            guard !state.isStopping else { return false }
            state.lastID += 1
            state.connections[state.lastID] = (connection, socket)
            state.ids[ObjectIdentifier(connection)] = state.lastID
            state.pending.insert(state.lastID)
            control(EPOLL_CTL_ADD, socket, state.lastID, UpgradedConnection.Wish(reads: true, writes: false))
            if state.thread == nil { state.thread = startThread() }
            eventfd_write(wakeUp, 1)
            return true
        }
    }

    /// The connection has something to do: bytes to write, room to read, or its end.
    func wake(_ connection: UpgradedConnection) {
        state.withLock { state in
            guard let id = state.ids[ObjectIdentifier(connection)] else { return }
            if state.pending.insert(id).inserted { eventfd_write(wakeUp, 1) }
        }
    }

    /// Ends every connection and joins the thread.
    func stop() {
        let (thread, connections) = state.withLock { state in
            state.isStopping = true
            return (state.thread, state.connections.values.map(\.connection))
        }
        for connection in connections { connection.kill() }
        guard let thread else { return }
        eventfd_write(wakeUp, 1)
        pthread_join(thread, nil)
        state.withLock { $0.thread = nil }
    }

    private func startThread() -> pthread_t {
        var thread = pthread_t()
        let retained = unsafe Unmanaged.passRetained(self).toOpaque()
        let status = unsafe pthread_create(&thread, nil, upgradeMain, retained)
        precondition(status == 0, "the system refused a thread: error \(status)")
        return thread
    }

    fileprivate func run() {
        var events = unsafe [epoll_event](repeating: epoll_event(), count: 64)
        while true {
            let isOver = state.withLock { $0.isStopping && $0.connections.isEmpty }
            if isOver { return }
            let count = unsafe epoll_wait(epoll, &events, Int32(events.count), -1)
            // Before `pending` is taken: a wake between the two would have its signal drained and not be served.
            var drained = eventfd_t()
            _ = unsafe eventfd_read(wakeUp, &drained)
            var ready = state.withLock { state in
                defer { state.pending = [] }
                return state.pending
            }
            for index in 0..<max(0, Int(count)) {
                let id = unsafe events[index].data.u64
                if id != Self.wakeID { ready.insert(id) }
            }
            for id in ready { serve(id) }
        }
    }

    private func serve(_ id: UInt64) {
        guard let (connection, socket) = state.withLock({ $0.connections[id] }) else { return }
        // Out of the set before `step` gives the socket back: its number may be another's a moment later.
        control(EPOLL_CTL_DEL, socket, id, UpgradedConnection.Wish(reads: false, writes: false))
        if let wish = connection.step() {
            control(EPOLL_CTL_ADD, socket, id, wish)
            return
        }
        state.withLock { state in
            state.connections[id] = nil
            state.ids[ObjectIdentifier(connection)] = nil
            state.pending.remove(id)
        }
    }

    private func control(_ action: Int32, _ socket: Int32, _ id: UInt64, _ wish: UpgradedConnection.Wish) {
        var event = unsafe epoll_event()
        unsafe event.events = (wish.reads ? EPOLLIN.rawValue : 0) | (wish.writes ? EPOLLOUT.rawValue : 0)
        unsafe event.data.u64 = id
        unsafe epoll_ctl(epoll, action, socket, &event)
    }
}

// A plain function, not a closure, so that it can never inherit an actor's isolation (spec/traps.md).
private func upgradeMain(_ argument: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
    guard let argument = unsafe argument else { return nil }
    unsafe Unmanaged<UpgradeLoop>.fromOpaque(argument).takeRetainedValue().run()
    return nil
}
