import Glibc
import Lifecycle

struct ClientFailure: Error {
    let what: String
}

/// An answer as it came over the wire.
struct RawResponse: Sendable {
    let status: Int
    let head: String
    let headers: [String: String]
    let body: [UInt8]

    var text: String { String(decoding: body, as: UTF8.self) }
}

/// A socket that says exactly what a test wants it to say.
///
/// Blocking calls run on threads of their own: the cooperative pool belongs to the server under test.
final class RawClient: Sendable {
    let socket: Int32
    private let buffer = Locked<[UInt8]>([])

    init(port: Int, ipv6: Bool = false, receiveBuffer: Int32? = nil) throws {
        socket = Glibc.socket(ipv6 ? AF_INET6 : AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        if var size = receiveBuffer { unsafe setsockopt(socket, SOL_SOCKET, SO_RCVBUF, &size, 4) }
        var patience = timeval(tv_sec: 20, tv_usec: 0)
        unsafe setsockopt(
            socket, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
        let status: Int32
        if ipv6 {
            var address = sockaddr_in6()
            address.sin6_family = sa_family_t(AF_INET6)
            address.sin6_port = UInt16(port).bigEndian
            address.sin6_addr = in6addr_loopback
            status = unsafe withUnsafePointer(to: &address) { pointer in
                unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                    unsafe connect(socket, address, socklen_t(MemoryLayout<sockaddr_in6>.size))
                }
            }
        } else {
            var address = sockaddr_in()
            address.sin_family = sa_family_t(AF_INET)
            address.sin_port = UInt16(port).bigEndian
            address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
            status = unsafe withUnsafePointer(to: &address) { pointer in
                unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                    unsafe connect(socket, address, socklen_t(MemoryLayout<sockaddr_in>.size))
                }
            }
        }
        guard status == 0 else { throw ClientFailure(what: "connect: \(errno)") }
    }

    deinit { close(socket) }

    /// Closes both directions, as a process does that ends.
    func hangUp() { shutdown(socket, Int32(SHUT_RDWR)) }

    func send(_ text: String) async throws { try await send(Array(text.utf8)) }

    func send(_ bytes: [UInt8]) async throws {
        try await offPool { [socket] in
            var sent = 0
            while sent < bytes.count {
                let count = unsafe bytes.withUnsafeBytes { raw in
                    let rest = unsafe UnsafeRawBufferPointer(rebasing: raw[sent...])
                    return unsafe Glibc.send(socket, rest.baseAddress, rest.count, Int32(MSG_NOSIGNAL))
                }
                guard count > 0 else { throw ClientFailure(what: "send: \(errno)") }
                sent += count
            }
        }
    }

    /// The next bytes, empty at the end of the stream (or when the server reset the connection).
    func receive() async throws -> [UInt8] {
        let kept = buffer.withLock { bytes in
            defer { bytes = [] }
            return bytes
        }
        if !kept.isEmpty { return kept }
        return try await offPool { [socket] in
            var bytes = [UInt8](repeating: 0, count: 65536)
            let count = unsafe recv(socket, &bytes, bytes.count, 0)
            if count < 0 && errno == ECONNRESET { return [] }
            guard count >= 0 else { throw ClientFailure(what: "receive: \(errno)") }
            return Array(bytes.prefix(count))
        }
    }

    /// Reads until `isEnough` or the end of the stream; what follows is left for the next call.
    func receive(until isEnough: ([UInt8]) -> Int?) async throws -> [UInt8] {
        var bytes: [UInt8] = []
        while true {
            if let end = isEnough(bytes) {
                let rest = Array(bytes[end...])
                buffer.withLock { $0 = rest + $0 }
                return Array(bytes[..<end])
            }
            let more = try await receive()
            if more.isEmpty {
                throw ClientFailure(what: "closed after \(String(decoding: bytes.prefix(300), as: UTF8.self))")
            }
            bytes += more
        }
    }

    func receive(through mark: String) async throws -> String {
        let wanted = Array(mark.utf8)
        let bytes = try await receive { bytes in
            bytes.indices.first { bytes[$0...].starts(with: wanted) }.map { $0 + wanted.count }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    func receiveToEnd() async throws -> String {
        var bytes: [UInt8] = []
        while case let more = try await receive(), !more.isEmpty { bytes += more }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// One whole answer, with its length or in chunks.
    func response(toHead: Bool = false) async throws -> RawResponse {
        let head = try await receive(through: "\r\n\r\n")
        let lines = head.split(separator: "\r\n")
        guard let status = lines.first?.split(separator: " ").dropFirst().first.flatMap({ Int($0) }) else {
            throw ClientFailure(what: "no status in \(head)")
        }
        var headers: [String: String] = [:]
        for line in lines.dropFirst() {
            let sides = line.split(separator: ":", maxSplits: 1)
            headers[sides[0].lowercased()] = String(sides.count > 1 ? sides[1].drop { $0 == " " } : "")
        }
        if status == 100 { return try await response(toHead: toHead) }
        var body: [UInt8] = []
        if toHead {
        } else if headers["transfer-encoding"] == "chunked" {
            body = try await chunks()
        } else if let length = headers["content-length"].flatMap({ Int($0) }) {
            body = try await receive { $0.count >= length ? length : nil }
        }
        return RawResponse(status: status, head: head, headers: headers, body: body)
    }

    func get(_ path: String, _ fields: String = "") async throws -> RawResponse {
        try await send("GET \(path) HTTP/1.1\r\nHost: x\r\n\(fields)\r\n")
        return try await response()
    }

    private func chunks() async throws -> [UInt8] {
        var body: [UInt8] = []
        while true {
            let line = try await receive(through: "\r\n")
            guard let size = Int(line.dropLast(), radix: 16) else { throw ClientFailure(what: "chunk size \(line)") }
            body += try await receive { $0.count >= size + 2 ? size + 2 : nil }.prefix(size)
            if size == 0 { return body }
        }
    }
}
