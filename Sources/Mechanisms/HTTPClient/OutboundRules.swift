/// Which addresses may be called (security.md §9).
///
/// Asked about the very address a socket is about to connect to, after name resolution, so a name that changes its
/// address between check and use gains nothing. Private ranges and loopback are allowed: home servers live there.
public struct OutboundRules: Sendable {
    /// Blocks that are never called, and what they are.
    private static let forbidden: [(range: AddressRange, kind: String)] = [
        ("0.0.0.0/8", "unspecified"), ("::/128", "unspecified"),
        ("169.254.0.0/16", "link-local"), ("fe80::/10", "link-local"),
        ("224.0.0.0/4", "multicast"), ("ff00::/8", "multicast"),
        ("255.255.255.255/32", "broadcast"),
        // Cloud metadata outside link-local: Alibaba, Azure, Oracle, AWS, Google.
        ("100.100.100.200/32", "cloud metadata"), ("168.63.129.16/32", "cloud metadata"),
        ("192.0.0.192/32", "cloud metadata"), ("fd00:ec2::254/128", "cloud metadata"),
        ("fd20:ce::254/128", "cloud metadata"),
    ].compactMap { text, kind in AddressRange(text).map { ($0, kind) } }

    private let denied: [AddressRange]
    private let ownPort: @Sendable () -> Int?

    /// Makes rules.
    ///
    /// - Parameters:
    ///   - denied: further blocks (`MARQUEE_OUTBOUND_DENY`).
    ///   - ownPort: the port this program itself serves on, which it must not call on this machine; asked at each
    ///     connection, as the system may choose the port later.
    public init(denied: [AddressRange] = [], ownPort: @escaping @Sendable () -> Int? = { nil }) {
        self.denied = denied
        self.ownPort = ownPort
    }

    /// Returns why an address may not be called, or nil when it may.
    public func denial(of address: IPAddress, port: Int) -> String? {
        if let match = Self.forbidden.first(where: { $0.range.contains(address) }) { return match.kind }
        if denied.contains(where: { $0.contains(address) }) { return "denied by configuration" }
        if port == ownPort(), address.isLoopback || LocalAddresses.contains(address) { return "this program itself" }
        return address.embeddedIPv4.flatMap { denial(of: $0, port: port) }
    }
}
