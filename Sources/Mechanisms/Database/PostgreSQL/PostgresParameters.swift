/// The values of one statement as libpq takes them: text, but for blobs.
///
/// Text suits every type that the server infers for a placeholder; the server reads it as it reads a literal.
struct PostgresParameters {
    /// All values one after the other, each ended by a zero byte.
    private var bytes: [UInt8] = []
    /// Where each value starts; nil for NULL.
    private var starts: [Int?] = []
    private var sizes: [Int32] = []
    private var formats: [Int32] = []

    init(_ values: [Value]) throws(DatabaseError) {
        starts.reserveCapacity(values.count)
        for value in values {
            switch value {
            case .null: append(nil, isBinary: false)
            case .integer(let number): append(number.description.utf8, isBinary: false)
            case .real(let number): append(number.description.utf8, isBinary: false)
            case .text(let text):
                guard !text.utf8.contains(0) else { throw .zeroCharacter(in: "A value") }
                append(text.utf8, isBinary: false)
            case .blob(let blob):
                guard !blob.isEmpty else {
                    append("".utf8, isBinary: true)
                    continue
                }
                append(blob, isBinary: true)
            }
        }
    }

    private mutating func append(_ value: (some Collection<UInt8>)?, isBinary: Bool) {
        guard let value else { return appendNull() }
        starts.append(bytes.count)
        sizes.append(Int32(clamping: value.count))
        formats.append(isBinary ? 1 : 0)
        bytes += value
        bytes.append(0)
    }

    private mutating func append(_: Never?, isBinary: Bool) { appendNull() }

    private mutating func appendNull() {
        starts.append(nil)
        sizes.append(0)
        formats.append(0)
    }

    /// Lends the arrays that `PQexecPrepared` and `PQsendQueryPrepared` want.
    func lend<R>(
        _ body: (
            _ count: Int32, _ values: UnsafePointer<UnsafePointer<CChar>?>?, _ sizes: UnsafePointer<Int32>?,
            _ formats: UnsafePointer<Int32>?
        ) -> R
    ) -> R {
        unsafe bytes.withUnsafeBufferPointer { bytes in
            let base = unsafe UnsafeRawPointer(bytes.baseAddress)?.assumingMemoryBound(to: CChar.self)
            let values = unsafe starts.map { start in
                unsafe start.flatMap { offset in unsafe base.map { unsafe $0 + offset } }
            }
            return unsafe body(Int32(starts.count), values, sizes, formats)
        }
    }
}

extension DatabaseError {
    static func zeroCharacter(in what: String) -> DatabaseError {
        DatabaseError(
            .invalidValue,
            "\(what) contains U+0000, which PostgreSQL cannot store: replace it with U+FFFD where it comes in.")
    }
}
