import Foundation
import Glibc

/// One HTTP call to a port of loopback, on a thread of its own.
///
/// `URLSession` refuses the driver's headers, which have no space after the colon ("Failed writing header").
enum LoopbackCall {
    /// Sends JSON and returns the body of the answer, whatever its status.
    static func send(_ method: String, _ path: String, port: UInt16, body: [UInt8]) async throws -> [UInt8] {
        try await withCheckedThrowingContinuation { continuation in
            Thread.detachNewThread {
                continuation.resume(with: Result { try exchange(method, path, port, body) })
            }
        }
    }

    private static func exchange(_ method: String, _ path: String, _ port: UInt16, _ body: [UInt8]) throws -> [UInt8] {
        let connection = try Loopback.connect(port: port)
        defer { close(connection) }
        let head =
            "\(method) \(path) HTTP/1.1\r\nHost: 127.0.0.1:\(port)\r\nConnection: close\r\n"
            + "Content-Type: application/json\r\nContent-Length: \(body.count)\r\n\r\n"
        Loopback.write(Array(head.utf8) + body, to: connection)
        var answer: [UInt8] = []
        while let bytes = Loopback.read(from: connection) {
            answer += bytes
            if let content = content(of: answer) { return content }
        }
        throw Waiting(what: "the answer to \(method) \(path)")
    }

    /// The body, once all of it is there.
    private static func content(of answer: [UInt8]) -> [UInt8]? {
        let end = Array("\r\n\r\n".utf8)
        guard let start = answer.indices.dropLast(3).first(where: { answer[$0..<($0 + 4)].elementsEqual(end) }) else {
            return nil
        }
        let head = String(decoding: answer[..<start], as: UTF8.self).lowercased()
        guard let length = head.firstMatch(of: #/content-length:\s*(\d+)/#).flatMap({ Int($0.1) }) else { return nil }
        let content = answer[(start + 4)...]
        return content.count >= length ? Array(content) : nil
    }
}

/// Plain blocking sockets on 127.0.0.1.
enum Loopback {
    /// A socket that listens on a free port, and that port.
    static func listen() throws -> (socket: Int32, port: UInt16) {
        let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var name = address(port: 0)
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isBound = unsafe withUnsafeMutablePointer(to: &name) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
                let isBound = unsafe bind(listener, pointer, size)
                return unsafe isBound == 0 && Glibc.listen(listener, 64) == 0
                    && getsockname(listener, pointer, &size) == 0
            }
        }
        guard isBound else { throw Waiting(what: "a free port") }
        return (listener, UInt16(bigEndian: name.sin_port))
    }

    static func connect(port: UInt16) throws -> Int32 {
        let connection = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var name = address(port: port)
        let isConnected = unsafe withUnsafeMutablePointer(to: &name) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
                unsafe Glibc.connect(connection, pointer, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
            }
        }
        if isConnected { return connection }
        close(connection)
        throw Waiting(what: "a connection to port \(port)")
    }

    private static func address(port: UInt16) -> sockaddr_in {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        address.sin_port = port.bigEndian
        return address
    }

    static func write(_ bytes: [UInt8], to connection: Int32) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = unsafe rest.withUnsafeBytes {
                unsafe Glibc.send(connection, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            if count <= 0 { return }
            rest = rest.dropFirst(count)
        }
    }

    /// The next bytes; nil at the end.
    static func read(from connection: Int32) -> [UInt8]? {
        var buffer = [UInt8](repeating: 0, count: 65_536)
        let count = unsafe buffer.withUnsafeMutableBytes { unsafe recv(connection, $0.baseAddress, $0.count, 0) }
        return count > 0 ? Array(buffer[..<count]) : nil
    }
}
