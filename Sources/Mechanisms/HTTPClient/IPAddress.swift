package import CCurl
import Glibc

/// An IPv4 or IPv6 address.
public struct IPAddress: Sendable, Hashable, CustomStringConvertible {
    /// 4 or 16 bytes in network order.
    public let bytes: [UInt8]

    /// Takes 4 or 16 bytes in network order; nil for any other number.
    public init?(bytes: [UInt8]) {
        guard bytes.count == 4 || bytes.count == 16 else { return nil }
        self.bytes = bytes
    }

    /// Reads the usual text of an address, without brackets, port or zone.
    public init?(_ text: String) {
        var bytes = [UInt8](repeating: 0, count: text.contains(":") ? 16 : 4)
        let family = bytes.count == 16 ? AF_INET6 : AF_INET
        guard unsafe inet_pton(family, text, &bytes) == 1 else { return nil }
        self.bytes = bytes
    }

    /// Reads the address and port of a socket address; nil for other families.
    package static func reading(_ address: UnsafePointer<sockaddr>, length: Int) -> (IPAddress, port: Int)? {
        let raw = unsafe UnsafeRawBufferPointer(start: address, count: length)
        let family = unsafe Int32(address.pointee.sa_family)
        // sockaddr_in: family 2, port 2, address 4. sockaddr_in6: family 2, port 2, flow 4, address 16 (ip(7), ipv6(7)).
        let place = family == AF_INET6 ? 8..<24 : 4..<8
        guard family == AF_INET || family == AF_INET6, length >= place.upperBound,
            let ip = unsafe IPAddress(bytes: Array(raw[place]))
        else { return nil }
        return unsafe (ip, Int(raw[2]) << 8 | Int(raw[3]))
    }

    public var description: String {
        var text = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
        let family = bytes.count == 16 ? AF_INET6 : AF_INET
        guard unsafe inet_ntop(family, bytes, &text, socklen_t(text.count)) != nil else { return "?" }
        return String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    /// The IPv4 address that an IPv6 address carries: mapped, compatible, translated (RFC 2765), NAT64 (RFC 6052, RFC
    /// 8215), 6to4 (RFC 3056), Teredo (RFC 4380), or ISATAP (RFC 5214).
    var embeddedIPv4: IPAddress? {
        guard bytes.count == 16 else { return nil }
        let last = IPAddress(bytes: Array(bytes[12...]))
        let zeros = [UInt8](repeating: 0, count: 10)
        if bytes.starts(with: zeros + [0xFF, 0xFF]) { return last }
        // `::` and `::1` have the compatible form and are addresses of their own.
        if bytes.starts(with: zeros + [0, 0]), bytes[12...].dropLast() != [0, 0, 0] || bytes[15] > 1 { return last }
        if bytes.starts(with: [0, 0x64, 0xFF, 0x9B]) { return last }
        if bytes.starts(with: zeros.dropLast(2) + [0xFF, 0xFF, 0, 0]) { return last }
        if bytes.starts(with: [0x20, 0x02]) { return IPAddress(bytes: Array(bytes[2..<6])) }
        if bytes.starts(with: [0x20, 0x01, 0, 0]) { return IPAddress(bytes: bytes[12...].map { ~$0 }) }
        if bytes[8] & 0xFD == 0, bytes[9...11].elementsEqual([0, 0x5E, 0xFE]) { return last }
        return nil
    }

    /// Whether it is this machine's own loopback.
    var isLoopback: Bool {
        if let inner = embeddedIPv4 { return inner.isLoopback }
        return bytes.count == 4 ? bytes[0] == 127 : bytes == [UInt8](repeating: 0, count: 15) + [1]
    }
}
