public import HTTPClient

extension [AddressRange] {
    /// Whether one of the ranges holds the address of a caller; false for what is no address.
    ///
    /// A server that listens on both families sees IPv4 callers as `::ffff:10.0.0.1`; they count as the IPv4 they are.
    public func admit(_ remoteAddress: String) -> Bool {
        guard let address = IPAddress(remoteAddress) else { return false }
        let mappedPrefix: [UInt8] = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF]
        let isMapped = address.bytes.count == 16 && address.bytes.starts(with: mappedPrefix)
        let plain = isMapped ? IPAddress(bytes: Array<UInt8>(address.bytes.dropFirst(12))) ?? address : address
        return contains { $0.contains(plain) }
    }
}
