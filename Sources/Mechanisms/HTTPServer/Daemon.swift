import CMicroHTTPD
import Glibc
import Lifecycle

/// libmicrohttpd's daemon: its threads read and write sockets and call back into `Callbacks.swift`.
final class Daemon: Sendable {
    let options: ServerOptions
    let table = ConnectionTable()
    let active = ActiveExchanges()
    let draining = ShutdownSignal()
    let watcher: Watcher
    let upgrades = UpgradeLoop()
    private let current: Locked<Pipeline>
    private let running = Locked(Running())

    @safe
    // proof: the pointer is only passed to libmicrohttpd, which locks inside; `stop` takes it away first.
    private struct Running: @unchecked Sendable {
        var daemon: OpaquePointer?
    }

    init(_ options: ServerOptions, _ pipeline: Pipeline) {
        self.options = options
        current = Locked(pipeline)
        watcher = Watcher(table, options.limits)
    }

    /// What requests that begin now are answered with.
    var pipeline: Pipeline { current.withLock { $0 } }

    func replace(_ pipeline: Pipeline) { current.withLock { $0 = pipeline } }

    /// Serves from now on.
    ///
    /// - Returns: the port.
    func start() throws(ServerError) -> Int {
        signal(SIGPIPE, SIG_IGN)  // a peer that hangs up must not end the process
        let socket = try ListeningSocket(host: options.host, port: options.port)
        var limits = CMHDLimits()
        limits.threads = UInt32(max(2, options.threads))  // 1 would be no pool, which libmicrohttpd refuses here
        limits.connections = UInt32(max(options.limits.connections, options.threads))
        limits.idle_seconds = UInt32(max(1, options.limits.idleTime.components.seconds))
        limits.memory_per_connection = options.limits.headerBytes * 2  // also holds the parsed list and our own header
        let context = unsafe Unmanaged.passRetained(self).toOpaque()  // released by `stop`
        guard
            let daemon = unsafe cmhd_start(
                socket.descriptor, socket.isIPv6 ? 1 : 0, context, Callbacks.all, limits)
        else {
            let code = errno
            unsafe Unmanaged<Daemon>.fromOpaque(context).release()
            close(socket.descriptor)
            throw .refused("\(options.host):\(options.port)", code)
        }
        running.withLock { unsafe $0.daemon = unsafe daemon }
        watcher.start()
        return socket.port
    }

    /// Ends in order: no new connections, running requests finish, streams end, then everything else is cut.
    func drain(within grace: Duration) async {
        draining.trigger()
        running.withLock { state in
            guard let daemon = unsafe state.daemon else { return }
            let listener = unsafe MHD_quiesce_daemon(daemon)
            if listener >= 0 { close(listener) }
        }
        await waitForActive(atMost: grace)
        // libmicrohttpd ends the process when a connection is still suspended at its stop: cut the rest first.
        active.killAll()
        await waitForActive(atMost: .milliseconds(500))
    }

    /// Joins libmicrohttpd's threads: call it where blocking is allowed, after `drain`.
    func stop() {
        let daemon = running.withLock { state in
            defer { unsafe state.daemon = nil }
            return unsafe Running(daemon: state.daemon)
        }
        guard let pointer = unsafe daemon.daemon else { return }
        active.killAll()
        upgrades.stop()  // nobody may touch an upgraded socket after the next line
        unsafe MHD_stop_daemon(pointer)
        watcher.stop()
        unsafe Unmanaged.passUnretained(self).release()
    }

    private func waitForActive(atMost limit: Duration) async {
        await withTaskGroup(of: Void.self) { race in
            race.addTask { await self.active.waitUntilNone() }
            race.addTask { try? await Task.sleep(for: limit) }  // cancelled by whoever runs us, or by the race's end
            await race.next()
            race.cancelAll()
        }
    }
}
