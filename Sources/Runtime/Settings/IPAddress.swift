import Glibc

/// An IPv4 or IPv6 address; IPv4-mapped IPv6 forms are folded into IPv4.
public struct IPAddress: Sendable, Hashable {
    /// Four bytes, or sixteen, in network order.
    public let bytes: [UInt8]

    /// Reads the numeric forms only; nothing is looked up.
    public init?(_ text: String) {
        guard let bytes = Self.read(text, AF_INET, size: 4) ?? Self.read(text, AF_INET6, size: 16) else { return nil }
        let mappedPrefix: [UInt8] = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF]
        self.bytes = bytes.starts(with: mappedPrefix) ? Array(bytes.dropFirst(12)) : bytes
    }

    /// Whether only this machine can reach it: 127.0.0.0/8 and ::1.
    public var isLoopback: Bool {
        bytes.count == 4 ? bytes[0] == 127 : bytes.dropLast().allSatisfy { $0 == 0 } && bytes.last == 1
    }

    private static func read(_ text: String, _ family: Int32, size: Int) -> [UInt8]? {
        guard !text.utf8.contains(0) else { return nil }
        var bytes = [UInt8](repeating: 0, count: size)
        let result = unsafe bytes.withUnsafeMutableBytes { unsafe inet_pton(family, text, $0.baseAddress) }
        return result == 1 ? bytes : nil
    }
}
