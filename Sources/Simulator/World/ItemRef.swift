/// Names one Jellyfin item in 32 bits: its kind and its place among that kind.
struct ItemRef: Sendable, Hashable {
    enum Kind: UInt32, Sendable, CaseIterable {
        /// A film or series; place = title number.
        case title = 0
        /// The second item of a title; place in `Library.copies`.
        case copy
        case season
        case episode
        case boxSet
        /// A library (CollectionFolder); place in `JellyfinFolder.all`.
        case folder
        /// An item of a requested title; place in `FlowState.items`.
        case flow
    }

    let raw: UInt32

    init(_ kind: Kind, _ index: Int) { raw = kind.rawValue << 28 | UInt32(index) }
    init(raw: UInt32) { self.raw = raw }

    var kind: Kind { Kind(rawValue: raw >> 28) ?? .folder }
    var index: Int { Int(raw & 0xFFF_FFFF) }
}

/// Turns references into 32-digit ids and back, without a table: a keyed bijection.
struct ItemIDs: Sendable {
    private let first: UInt64
    private let second: UInt64

    init(dice: Dice) {
        first = dice.roll(0, .key)
        second = dice.roll(1, .key)
    }

    /// Appends the 32 digits for an item; a new generation (after a move or rename) is another id.
    func append(_ item: ItemRef, generation: Int, to bytes: inout [UInt8]) {
        let low = Dice.mix((UInt64(generation) << 32 | UInt64(item.raw)) ^ first)
        Hex.append(Dice.mix(low ^ second), to: &bytes)
        Hex.append(low, to: &bytes)
    }

    /// The 32 digits as text.
    func text(_ item: ItemRef, generation: Int) -> String {
        var bytes: [UInt8] = []
        append(item, generation: generation, to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    /// The item behind an id, written with or without dashes, in either case; nil if it was never ours.
    func item(_ text: some StringProtocol) -> (item: ItemRef, generation: Int)? {
        let digits = text.utf8.filter { $0 != UInt8(ascii: "-") }
        guard digits.count == 32,
            let high = UInt64(String(decoding: digits[..<16], as: UTF8.self), radix: 16),
            let low = UInt64(String(decoding: digits[16...], as: UTF8.self), radix: 16),
            Dice.mix(low ^ second) == high
        else { return nil }
        let code = Dice.unmix(low) ^ first
        return (ItemRef(raw: UInt32(truncatingIfNeeded: code)), Int(code >> 32))
    }

    /// Whether a text has the form of a GUID, known or not.
    static func isGUID(_ text: some StringProtocol) -> Bool {
        let digits = text.utf8.filter { $0 != UInt8(ascii: "-") }
        return digits.count == 32 && digits.allSatisfy { Character(UnicodeScalar($0)).isHexDigit }
    }
}
