import CMicroHTTPD
import Glibc

/// An IPv4 or IPv6 address with its port, as the system writes it.
struct SocketAddress {
    private var storage: sockaddr_storage

    init?(host: String, port: UInt16) {
        storage = sockaddr_storage()
        var v4 = in_addr()
        var v6 = in6_addr()
        if unsafe inet_pton(AF_INET, host, &v4) == 1 {
            unsafe withUnsafeMutableBytes(of: &storage) { bytes in
                let address = sockaddr_in(
                    sin_family: sa_family_t(AF_INET), sin_port: port.bigEndian, sin_addr: v4,
                    sin_zero: (0, 0, 0, 0, 0, 0, 0, 0))
                unsafe bytes.storeBytes(of: address, as: sockaddr_in.self)
            }
        } else if unsafe inet_pton(AF_INET6, host, &v6) == 1 {
            unsafe withUnsafeMutableBytes(of: &storage) { bytes in
                let address = sockaddr_in6(
                    sin6_family: sa_family_t(AF_INET6), sin6_port: port.bigEndian, sin6_flowinfo: 0, sin6_addr: v6,
                    sin6_scope_id: 0)
                unsafe bytes.storeBytes(of: address, as: sockaddr_in6.self)
            }
        } else {
            return nil
        }
    }

    /// Copies what libmicrohttpd or the system points at.
    init(copying address: UnsafePointer<sockaddr>) {
        storage = sockaddr_storage()
        let isIPv6 = unsafe address.pointee.sa_family == sa_family_t(AF_INET6)
        let size = isIPv6 ? MemoryLayout<sockaddr_in6>.size : MemoryLayout<sockaddr_in>.size
        unsafe withUnsafeMutableBytes(of: &storage) { bytes in
            unsafe bytes.copyMemory(from: UnsafeRawBufferPointer(start: address, count: size))
        }
    }

    static func ofSocket(_ descriptor: Int32) -> SocketAddress? {
        var storage = sockaddr_storage()
        var size = socklen_t(MemoryLayout<sockaddr_storage>.size)
        return unsafe withUnsafeMutablePointer(to: &storage) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                unsafe getsockname(descriptor, address, &size) == 0 ? SocketAddress(copying: address) : nil
            }
        }
    }

    var family: Int32 { Int32(storage.ss_family) }
    var isIPv6: Bool { family == AF_INET6 }
    /// Both layouts keep the port in bytes 2 and 3.
    var port: Int { bytes(2, 2).reduce(0) { $0 << 8 | Int($1) } }

    /// The address without its port; IPv4 addresses seen through IPv6 are written as IPv4.
    var host: String {
        if !isIPv6 { return Self.dotted(bytes(4, 4)) }
        let address = bytes(8, 16)
        if address.prefix(12).elementsEqual([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff]) {
            return Self.dotted(Array(address.suffix(4)))
        }
        var text = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
        guard unsafe inet_ntop(AF_INET6, address, &text, socklen_t(text.count)) != nil else { return "unknown" }
        return String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    func bind(_ descriptor: Int32) -> Bool {
        let size = isIPv6 ? MemoryLayout<sockaddr_in6>.size : MemoryLayout<sockaddr_in>.size
        return unsafe withUnsafePointer(to: storage) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                unsafe Glibc.bind(descriptor, address, socklen_t(size)) == 0
            }
        }
    }

    private func bytes(_ offset: Int, _ count: Int) -> [UInt8] {
        unsafe withUnsafeBytes(of: storage) { unsafe Array($0[offset..<offset + count]) }
    }

    private static func dotted(_ bytes: [UInt8]) -> String {
        bytes.map { String($0) }.joined(separator: ".")
    }
}
