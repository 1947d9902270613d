/// A small JSON document held whole, for bodies without a fixed shape such as webhooks; listings go to `RecordStream`.
///
/// Parsing notes where each value lies and makes nothing of it, so what is never asked for costs next to nothing.
/// The grammar is that of RFC 8259 with three allowances, because a webhook that is refused never comes again: a byte
/// order mark is passed over, control bytes inside strings read as spaces (templates of Jellyfin's webhook plug-in put
/// line breaks of overviews into them), and what is not UTF-8 reads as U+FFFD.
public final class JSONTree: Sendable {
    let bytes: [UInt8]
    let entries: [Entry]

    /// One value, in the order of the document; `next` is the index behind it and everything inside it.
    struct Entry {
        var kind: ValueKind
        var hasEscapes = false
        var keyHasEscapes = false
        /// Of the text of a string without quotes, or of a number or literal.
        var start: UInt32 = 0
        var end: UInt32 = 0
        var keyStart: UInt32 = 0
        var keyEnd: UInt32 = 0
        var next: UInt32 = 0
    }

    /// Parses a whole document.
    ///
    /// - Parameters:
    ///   - document: UTF-8.
    ///   - maxDepth: objects and arrays inside one another.
    /// - Throws: `JSONFailure` for anything that is not exactly one JSON value.
    public init(_ document: [UInt8], maxDepth: Int = 64) throws(JSONFailure) {
        var parser = JSONTreeParser(document, maxDepth: maxDepth)
        try parser.parse()
        bytes = parser.bytes
        entries = parser.entries
    }

    /// The document's own value.
    public var root: JSONNode { JSONNode(tree: self, index: 0) }
}
