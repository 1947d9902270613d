/// Why a document cannot be read on, and where.
///
/// `at` is a byte offset from the start of the whole document, the same for every way of cutting it into chunks.
/// No case holds text of the document: a failure is safe to log.
public enum JSONFailure: Error, Sendable, Hashable, CustomStringConvertible {
    /// The bytes are not JSON.
    case malformed(at: Int, String)
    /// The document is JSON so far, but not of the declared shape, for example without the array of records.
    case unexpected(at: Int, String)
    /// The input ended before the document did.
    case truncated(at: Int)
    /// One record, or one value outside the records, is larger than `limit` bytes; `at` is where it starts.
    case recordTooLarge(at: Int, limit: Int)
    /// More than `limit` objects and arrays inside one another.
    case tooDeep(at: Int, limit: Int)

    /// One sentence for logs and people.
    public var description: String {
        switch self {
        case .malformed(let at, let what): "malformed JSON at byte \(at): \(what)"
        case .unexpected(let at, let what): "unexpected JSON at byte \(at): \(what)"
        case .truncated(let at): "the JSON document ends unfinished after \(at) bytes"
        case .recordTooLarge(let at, let limit): "the JSON record at byte \(at) is larger than \(limit) bytes"
        case .tooDeep(let at, let limit): "the JSON at byte \(at) is nested deeper than \(limit) levels"
        }
    }
}
