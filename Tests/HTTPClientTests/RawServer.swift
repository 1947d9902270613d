import Glibc
import Synchronization

@testable import HTTPClient

/// A server of raw bytes on a port of its own: each connection runs the test's script on its own thread.
final class RawServer: Sendable {
    typealias Script = @Sendable (RawConnection) -> Void

    private struct State {
        var connections: [RawConnection] = []
        var isStopped = false
    }

    let port: Int
    private let listener: Int32
    private let script: Script
    private let state = PThreadLock(State())  // the thread sanitizer does not see a Mutex here

    init(_ script: @escaping Script) throws {
        self.script = script
        (listener, port) = try RawSocket.listen()
        let me = unsafe Unmanaged.passRetained(self).toOpaque()
        try unsafe RawSocket.startThread(me, runServer)
    }

    /// Answers each request of each connection with the bytes that a closure makes of it.
    static func answering(_ answer: @escaping @Sendable (RawRequest) -> String) throws -> RawServer {
        try RawServer { connection in
            while let request = connection.readRequest() { connection.write(answer(request)) }
        }
    }

    var url: String { "http://127.0.0.1:\(port)" }
    var connectionCount: Int { state.withLock { $0.connections.count } }

    /// Bytes that all clients have taken.
    var sentCount: Int { state.withLock { $0.connections.reduce(0) { $0 + $1.sentCount } } }

    /// Ends the listener and all connections; their threads follow.
    func stop() {
        let connections = state.withLock { state in
            state.isStopped = true
            return state.connections
        }
        shutdown(listener, Int32(SHUT_RDWR))
        for connection in connections { connection.end() }
    }

    fileprivate func acceptAll() {
        while true {
            let descriptor = accept(listener, nil, nil)
            guard descriptor >= 0 else { break }
            let connection = RawConnection(descriptor, script)
            let isStopped = state.withLock { state in
                state.connections.append(connection)
                return state.isStopped
            }
            if isStopped { connection.end() }
            let box = unsafe Unmanaged.passRetained(connection).toOpaque()
            try? unsafe RawSocket.startThread(box, runConnection)
        }
        close(listener)
    }
}

private func runServer(_ context: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
    guard let context = unsafe context else { return nil }
    unsafe Unmanaged<RawServer>.fromOpaque(context).takeRetainedValue().acceptAll()
    return nil
}

private func runConnection(_ context: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
    guard let context = unsafe context else { return nil }
    unsafe Unmanaged<RawConnection>.fromOpaque(context).takeRetainedValue().run()
    return nil
}

/// What a client asked.
struct RawRequest: Sendable {
    let line: String
    let headers: [String: String]
    let body: String

    var path: String { line.split(separator: " ").dropFirst().first.map(String.init) ?? "" }
    var method: String { line.split(separator: " ").first.map(String.init) ?? "" }
}

/// One connection under a test's script.
final class RawConnection: Sendable {
    private let descriptor: Int32
    private let script: RawServer.Script
    private let sent = Atomic(0)
    private let closed = PThreadLock(false)

    init(_ descriptor: Int32, _ script: @escaping RawServer.Script) {
        self.descriptor = descriptor
        self.script = script
        var size: Int32 = 65_536
        unsafe setsockopt(descriptor, SOL_SOCKET, SO_SNDBUF, &size, socklen_t(MemoryLayout<Int32>.size))
    }

    /// Bytes the client's side has taken so far.
    var sentCount: Int { sent.load(ordering: .relaxed) }

    func run() {
        script(self)
        closed.withLock { isClosed in
            isClosed = true
            close(descriptor)
        }
    }

    /// Makes every read and write of the script fail.
    func end() {
        closed.withLock { isClosed in
            if !isClosed { shutdown(descriptor, Int32(SHUT_RDWR)) }
        }
    }

    /// Whether all bytes were taken.
    @discardableResult
    func write(_ text: String) -> Bool { write(Array(text.utf8)) }

    @discardableResult
    func write(_ bytes: [UInt8]) -> Bool {
        var start = 0
        while start < bytes.count {
            let count = unsafe bytes.withUnsafeBytes { buffer in
                unsafe send(
                    descriptor, buffer.baseAddress?.advanced(by: start), buffer.count - start, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { return false }
            start += count
            sent.add(count, ordering: .relaxed)
        }
        return true
    }

    /// Waits until the client hangs up.
    func waitForHangUp() {
        while readByte() != nil {}
    }

    /// Reads head and announced body of the next request; nil when the client has hung up.
    func readRequest() -> RawRequest? {
        var head: [UInt8] = []
        while !head.suffix(4).elementsEqual("\r\n\r\n".utf8) {
            guard let byte = readByte() else { return nil }
            head.append(byte)
        }
        let lines = String(decoding: head, as: UTF8.self).split(separator: "\r\n").map(String.init)
        var headers: [String: String] = [:]
        for line in lines.dropFirst() {
            guard let colon = line.firstIndex(of: ":") else { continue }
            headers[line[..<colon].lowercased()] = String(line[line.index(after: colon)...].drop { $0 == " " })
        }
        var body: [UInt8] = []
        for _ in 0..<(headers["content-length"].flatMap { Int($0) } ?? 0) {
            guard let byte = readByte() else { return nil }
            body.append(byte)
        }
        return RawRequest(line: lines.first ?? "", headers: headers, body: String(decoding: body, as: UTF8.self))
    }

    private func readByte() -> UInt8? {
        var byte: UInt8 = 0
        return unsafe recv(descriptor, &byte, 1, 0) == 1 ? byte : nil
    }
}
