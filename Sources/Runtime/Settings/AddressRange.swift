/// A range of addresses in CIDR notation, or one address.
public struct AddressRange: Sendable, Hashable {
    private let network: [UInt8]
    private let prefixLength: Int

    /// Reads `10.0.0.0/8`, `fd00::/8` or one address; bits after the prefix are ignored.
    public init?(_ text: String) {
        let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        guard let address = parts.first.flatMap({ IPAddress($0) }) else { return nil }
        let bits = address.bytes.count * 8
        guard let length = parts.count == 1 ? bits : Int(parts[1]), (0...bits).contains(length) else { return nil }
        self.network = address.bytes
        self.prefixLength = length
    }

    /// Whether the address lies in the range; addresses of the other family never do.
    public func contains(_ address: IPAddress) -> Bool {
        guard address.bytes.count == network.count else { return false }
        let wholeBytes = prefixLength / 8
        guard address.bytes.prefix(wholeBytes) == network.prefix(wholeBytes) else { return false }
        let restBits = prefixLength % 8
        guard restBits > 0 else { return true }
        let mask = UInt8(truncatingIfNeeded: 0xFF << (8 - restBits))
        return address.bytes[wholeBytes] & mask == network[wholeBytes] & mask
    }
}
