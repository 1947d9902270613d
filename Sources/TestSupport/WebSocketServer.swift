import Glibc
import Lifecycle

/// A WebSocket server on a port of its own, which does what a test's script says: each connection on its own thread.
public final class WebSocketServer: Sendable {
    public typealias Script = @Sendable (WebSocketPeer) -> Void

    struct Failure: Error {
        let code: Int32
    }

    private struct State {
        var peers: [WebSocketPeer] = []
        var isStopped = false
    }

    public let port: Int
    private let listener: Int32
    private let script: Script
    private let state = Locked(State())

    /// Starts listening on 127.0.0.1; a connection ends with its script.
    public init(_ script: @escaping Script) throws {
        self.script = script
        (listener, port) = try Self.listen()
        try Self.startThread(self) { $0.acceptAll() }
    }

    public var url: String { "ws://127.0.0.1:\(port)" }
    /// Connections so far.
    public var count: Int { state.withLock { $0.peers.count } }

    /// Ends the listener and all connections; their threads follow.
    public func stop() {
        let peers = state.withLock { state in
            state.isStopped = true
            return state.peers
        }
        shutdown(listener, Int32(SHUT_RDWR))
        for peer in peers { peer.end() }
    }

    private func acceptAll() {
        while true {
            let descriptor = accept(listener, nil, nil)
            guard descriptor >= 0 else { break }
            let peer = WebSocketPeer(descriptor)
            let isStopped = state.withLock { state in
                state.peers.append(peer)
                return state.isStopped
            }
            if isStopped { peer.end() }
            let script = script
            try? Self.startThread(peer) { peer in
                script(peer)
                peer.close()
            }
        }
        close(listener)
    }

    private static func listen() throws -> (descriptor: Int32, port: Int) {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let code = unsafe withUnsafeMutablePointer(to: &address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
                unsafe bind(descriptor, generic, length) == 0 ? getsockname(descriptor, generic, &length) : -1
            }
        }
        guard code == 0, Glibc.listen(descriptor, 64) == 0 else { throw Failure(code: errno) }
        return (descriptor, Int(UInt16(bigEndian: address.sin_port)))
    }

    private static func startThread<Subject: AnyObject & Sendable>(
        _ subject: Subject, _ body: @escaping @Sendable (Subject) -> Void
    ) throws {
        let work = unsafe Unmanaged.passRetained(Work { body(subject) }).toOpaque()
        var thread = pthread_t()
        let code = unsafe pthread_create(&thread, nil, runWork, work)
        guard code == 0 else { throw Failure(code: code) }
        pthread_detach(thread)
    }
}

private final class Work: Sendable {
    let body: @Sendable () -> Void

    init(_ body: @escaping @Sendable () -> Void) { self.body = body }
}

private func runWork(_ context: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
    guard let context = unsafe context else { return nil }
    unsafe Unmanaged<Work>.fromOpaque(context).takeRetainedValue().body()
    return nil
}
