/// Cuts what comes over the socket into records, each of which ends with the byte 0x1E.
///
/// The bounds of messages mean nothing: a message may hold several records, and a record may span several messages.
struct RecordSplitter {
    /// A record grew beyond what is accepted.
    struct Overflow: Error, Hashable {
        let limit: Int
    }

    static let end: UInt8 = 0x1E

    private let limit: Int
    private var open: [UInt8] = []

    /// - Parameter limit: bytes of the largest record.
    init(limit: Int = 16 << 20) { self.limit = limit }

    /// Takes a message, and hands over the records that it completes.
    mutating func feed(_ message: [UInt8]) throws(Overflow) -> [[UInt8]] {
        var records: [[UInt8]] = []
        var rest = message[...]
        while let end = rest.firstIndex(of: Self.end) {
            guard open.count + (end - rest.startIndex) <= limit else { throw Overflow(limit: limit) }
            records.append(open + rest[..<end])
            open.removeAll()
            rest = rest[(end + 1)...]
        }
        guard open.count + rest.count <= limit else { throw Overflow(limit: limit) }
        open += rest
        return records
    }
}
