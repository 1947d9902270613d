import JSONStream

/// What a slot held, copied out for comparison.
enum Held: Hashable {
    case absent, null, object, array
    case string(String)
    case number(String)
    case bool(Bool)
    case count(Int64)
}

/// Everything a document gave.
struct Outcome: Equatable {
    var records: [[Held]] = []
    var totals: [Int64?] = []
    var failure: JSONFailure?
}

/// A shape with the slots that are counts.
struct Wanted {
    var shape: RecordShape
    var slots: Int
    var counts: Set<Int> = []
    var arrayKey: String? = "Items"
    var totals: [String] = []
    var maxRecord = 16 << 20
    var maxDepth = 64

    /// Parses `document`, fed in pieces of `chunk` bytes.
    func read(_ document: [UInt8], chunk: Int = .max) -> Outcome {
        var outcome = Outcome()
        var stream = RecordStream(
            shape: shape, arrayKey: arrayKey, totals: totals, maxRecord: maxRecord, maxDepth: maxDepth)
        var rest = document[...]
        do throws(JSONFailure) {
            reading: while true {
                switch try stream.next() {
                case .record: outcome.records.append((0..<slots).map { held($0, in: stream) })
                case .end: break reading
                case .needMore:
                    if rest.isEmpty {
                        stream.finish()
                    } else {
                        stream.feed(Array(rest.prefix(chunk)))
                        rest = rest.dropFirst(chunk)
                    }
                }
            }
        } catch {
            outcome.failure = error
        }
        outcome.totals = totals.map { stream.total($0) }
        return outcome
    }

    func read(_ document: String, chunk: Int = .max) -> Outcome {
        read(Array(document.utf8), chunk: chunk)
    }

    private func held(_ slot: Int, in stream: borrowing RecordStream) -> Held {
        if counts.contains(slot) { return .count(stream.integer(slot) ?? -1) }
        switch stream.kind(slot) {
        case .absent: return .absent
        case .null: return .null
        case .object: return .object
        case .array: return .array
        case .string: return .string(stream.text(slot) ?? "?")
        case .number:
            return unsafe .number(stream.withBytes(slot) { unsafe String(decoding: $0, as: UTF8.self) } ?? "?")
        case .bool: return .bool(stream.bool(slot) ?? false)
        }
    }
}

/// Sizes of pieces that cut tokens everywhere, plus the whole.
let chunkSizes = [1, 2, 3, 7, 64, 333, 4096, Int.max]
