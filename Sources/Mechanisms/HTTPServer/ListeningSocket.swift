import Glibc

/// A bound, listening TCP socket.
///
/// Made here and not by libmicrohttpd, which only says that it failed, and whose address reuse would let two servers
/// share a port.
struct ListeningSocket {
    let descriptor: Int32
    let port: Int
    let isIPv6: Bool

    init(host: String, port: Int) throws(ServerError) {
        let name = host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
        guard let number = UInt16(exactly: port), let target = SocketAddress(host: host, port: number) else {
            throw ServerError(address: name, reason: .notAnAddress)
        }
        let kind = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue)
        let descriptor = socket(target.family, kind, 0)
        guard descriptor >= 0 else { throw .refused(name, errno) }
        Self.set(descriptor, SOL_SOCKET, SO_REUSEADDR, 1)  // else a restart waits for old connections to time out
        if target.isIPv6 { Self.set(descriptor, Int32(IPPROTO_IPV6), IPV6_V6ONLY, 0) }
        guard target.bind(descriptor), listen(descriptor, 1024) == 0 else {
            let code = errno
            close(descriptor)
            throw .refused(name, code)
        }
        self.descriptor = descriptor
        self.port = SocketAddress.ofSocket(descriptor)?.port ?? port
        isIPv6 = target.isIPv6
    }

    private static func set(_ descriptor: Int32, _ level: Int32, _ option: Int32, _ value: Int32) {
        var value = value
        unsafe setsockopt(descriptor, level, option, &value, socklen_t(MemoryLayout<Int32>.size))
    }
}
