/// HTML that is already escaped: bytes ready to be sent.
///
/// Run-time text comes in through `init(_:)` only, which escapes; only a literal can be trusted as it stands. So a
/// title can never become a tag, whoever wrote it.
public struct Markup: Sendable, Hashable {
    /// UTF-8, ready for the wire.
    public private(set) var bytes: [UInt8] = []

    /// Nothing at all.
    public init() {}

    /// Escapes `text` for element content and for quoted attribute values.
    public init(_ text: String) {
        Escaping.append(text, to: &bytes)
    }

    /// Trusts a literal as it stands.
    public init(trusted html: StaticString) {
        append(literal: html)
    }

    /// The markup as text, for tests and for embedding in JSON.
    public var string: String { String(decoding: bytes, as: UTF8.self) }

    /// Whether there is nothing to show.
    public var isEmpty: Bool { bytes.isEmpty }

    /// Adds `other` at the end.
    public mutating func append(_ other: Markup) {
        bytes.append(contentsOf: other.bytes)
    }

    mutating func append(literal: StaticString) {
        // Not `utf8Start`: the literal may be stored as one scalar, which has no buffer to point at.
        literal.withUTF8Buffer { unsafe bytes.append(contentsOf: $0) }
    }
}
