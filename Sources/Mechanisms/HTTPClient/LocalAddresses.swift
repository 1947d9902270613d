import CCurl
import Glibc

/// The addresses of this machine's network interfaces (getifaddrs(3)).
enum LocalAddresses {
    /// Tells whether an interface holds this address now.
    static func contains(_ address: IPAddress) -> Bool {
        var list: UnsafeMutablePointer<ifaddrs>?
        guard unsafe getifaddrs(&list) == 0 else { return false }
        defer { unsafe freeifaddrs(list) }
        var next = unsafe list
        while let entry = unsafe next {
            unsafe next = unsafe entry.pointee.ifa_next
            guard let socket = unsafe entry.pointee.ifa_addr else { continue }
            let isIPv6 = unsafe Int32(socket.pointee.sa_family) == AF_INET6
            let length = isIPv6 ? MemoryLayout<sockaddr_in6>.size : MemoryLayout<sockaddr_in>.size
            if unsafe IPAddress.reading(socket, length: length)?.0 == address { return true }
        }
        return false
    }
}
