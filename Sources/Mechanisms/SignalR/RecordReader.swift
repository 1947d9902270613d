import JSONStream

/// Reads what is common to all records; the arguments of an invocation are left to its receiver.
enum RecordReader {
    private enum Field {
        static let type = 0, target = 1, error = 2, allowReconnect = 3
    }

    private static let shape = RecordShape([
        .value("type", slot: Field.type), .value("target", slot: Field.target), .value("error", slot: Field.error),
        .value("allowReconnect", slot: Field.allowReconnect),
    ])

    /// Returns nil for anything but a JSON object with a `type`.
    static func read(_ json: [UInt8]) -> SignalRRecord? {
        withObject(json) { record in
            switch record.integer(Field.type) {
            case 1: record.text(Field.target).map { .invocation(SignalRInvocation(target: $0, json: json)) }
            case 3: .completion
            case 6: .ping
            case 7:
                .close(
                    error: record.text(Field.error), allowReconnect: record.bool(Field.allowReconnect) ?? false)
            case .some: .other
            case nil: nil
            }
        }
    }

    /// Reads the answer to our handshake.
    ///
    /// - Returns: the server's objection, nil when it agrees.
    /// - Throws: `NoHandshake` when it is no such answer.
    static func readHandshake(_ json: [UInt8]) throws(NoHandshake) -> String? {
        let answer: Handshake? = withObject(json) { record in
            record.kind(Field.type) == .absent ? Handshake(objection: record.text(Field.error)) : nil
        }
        guard let answer else { throw NoHandshake() }
        return answer.objection
    }

    struct NoHandshake: Error {}

    private struct Handshake {
        let objection: String?
    }

    private static func withObject<Result>(_ json: [UInt8], _ body: (borrowing RecordStream) -> Result?) -> Result? {
        var stream = RecordStream(shape: shape, arrayKey: nil)
        stream.feed([UInt8(ascii: "[")])
        stream.feed(json)
        stream.feed([UInt8(ascii: "]")])
        stream.finish()
        guard case .record? = try? stream.next() else { return nil }
        return body(stream)
    }
}
