import CEpoll
import Glibc
import Lifecycle

/// One thread that notices what libmicrohttpd does not: peers that hang up while their connection is suspended, and
/// peers that are too slow.
final class Watcher: Sendable {
    private static let stopID = UInt64.max
    private static let wakeID = UInt64.max - 1

    private let table: ConnectionTable
    private let limits: ServerOptions.Limits
    private let epoll: Int32
    private let wakeUp: Int32
    private let isStopping = Locked(false)

    init(_ table: ConnectionTable, _ limits: ServerOptions.Limits) {
        self.table = table
        self.limits = limits
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

    func start() {
        let retained = unsafe Unmanaged.passRetained(self).toOpaque()
        var thread = pthread_t()
        let status = unsafe pthread_create(&thread, nil, watcherMain, retained)
        precondition(status == 0, "the system refused a thread: error \(status)")
        pthread_detach(thread)
    }

    func stop() {
        isStopping.withLock { $0 = true }
        wake()
    }

    /// Watches a connection until its socket is closed; the set then forgets it by itself.
    ///
    /// Edge-triggered: one report when the peer has closed its side, whatever is being done at that time.
    func add(_ connection: Connection) {
        var event = unsafe epoll_event()
        unsafe event.events = EPOLLRDHUP.rawValue | EPOLLET.rawValue
        unsafe event.data.u64 = connection.id
        unsafe epoll_ctl(epoll, EPOLL_CTL_ADD, connection.socket, &event)
    }

    /// Makes the thread look at the clock again: it sleeps without end while there are no connections.
    func wake() {
        _ = eventfd_write(wakeUp, 1)
    }

    fileprivate func run() {
        var events = unsafe [epoll_event](repeating: epoll_event(), count: 64)
        let step = Int32(clamping: Int(sweepInterval / .milliseconds(1)))
        while !isStopping.withLock({ $0 }) {
            let count = unsafe epoll_wait(epoll, &events, Int32(events.count), table.isEmpty ? -1 : step)
            for index in 0..<max(0, Int(count)) {
                let id = unsafe events[index].data.u64
                if id == Self.wakeID { continue }
                table.find(id)?.peerHungUp()
            }
            table.cutOverdue(limits)
        }
    }

    /// Fine enough for the shortest limit, at most half a second.
    private var sweepInterval: Duration {
        let shortest = min(limits.headerTime, limits.bodyTime / 6, limits.idleTime)
        return max(.milliseconds(10), min(.milliseconds(500), shortest / 4))
    }
}

// A plain function, not a closure, so that it can never inherit an actor's isolation (spec/traps.md).
private func watcherMain(_ argument: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
    guard let argument = unsafe argument else { return nil }
    unsafe Unmanaged<Watcher>.fromOpaque(argument).takeRetainedValue().run()
    return nil
}
