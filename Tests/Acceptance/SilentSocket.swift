import Foundation
import Glibc

/// A client that asks for a stream and then reads nothing, until it is told to.
///
/// Small segments keep the buffers of both ends small, so that the server soon notices.
final class SilentSocket: Sendable {
    private let descriptor: Int32

    init(port: UInt16, path: String) throws {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        guard descriptor >= 0 else { throw NotStarted(log: "no socket") }
        var (segment, buffer): (Int32, Int32) = (536, 4_096)
        let size = socklen_t(MemoryLayout<Int32>.size)
        _ = unsafe setsockopt(descriptor, Int32(IPPROTO_TCP), TCP_MAXSEG, &segment, size)
        _ = unsafe setsockopt(descriptor, SOL_SOCKET, SO_RCVBUF, &buffer, size)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = in_addr_t(0x7F00_0001).bigEndian
        let status = unsafe withUnsafePointer(to: &address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                unsafe connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        let head = "GET \(path) HTTP/1.1\r\nHost: 127.0.0.1:\(port)\r\n\r\n"
        guard status == 0, unsafe send(descriptor, head, head.utf8.count, 0) == head.utf8.count else {
            throw NotStarted(log: "the stream could not be asked for")
        }
    }

    deinit { close(descriptor) }

    /// Reads what is left until the server closes, as ids of events.
    func readToEnd() -> [Int] {
        var text: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 65_536)
        var limit = timeval(tv_sec: 120, tv_usec: 0)
        _ = unsafe setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
        while true {
            let count = unsafe recv(descriptor, &piece, piece.count, 0)
            if count <= 0 { break }
            text += piece.prefix(count)
        }
        // What was cut off before its blank line is no event (HTML standard, "Server-sent events").
        return String(decoding: Self.unchunked(text), as: UTF8.self).components(separatedBy: "\n\n").dropLast()
            .flatMap { $0.split(whereSeparator: \.isNewline) }
            .filter { $0.hasPrefix("id: ") }.compactMap { Int($0.dropFirst(4)) }
    }

    /// The body of an answer in chunks (RFC 9112 §7.1); one that was cut off as far as it came.
    private static func unchunked(_ answer: [UInt8]) -> [UInt8] {
        let blank = Array("\r\n\r\n".utf8)
        guard let head = answer.firstRange(of: blank) else { return [] }
        var rest = answer[head.upperBound...]
        var body: [UInt8] = []
        while let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
            let size = String(decoding: rest[rest.startIndex..<end], as: UTF8.self).prefix { $0.isHexDigit }
            guard let count = Int(size, radix: 16), count > 0 else { break }
            body += rest[(end + 1)...].prefix(count)
            // The chunk and the end of its line.
            rest = rest[(end + 1)...].dropFirst(count + 2)
        }
        return body
    }
}
