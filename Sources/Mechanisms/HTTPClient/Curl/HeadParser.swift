/// Reads an answer's head from the lines that curl gives one by one.
struct HeadParser {
    /// More than this is no head.
    static let limit = 256 << 10

    private(set) var status = 0
    private(set) var headers: HTTPHeaders = [:]
    private(set) var isComplete = false
    private var byteCount = 0

    /// Takes one line with its end.
    ///
    /// Interim answers (1xx) are forgotten, trailers after the body ignored.
    /// - Parameter line: bytes of the line.
    /// - Returns: whether the head is complete with this line; nil when it is too long.
    mutating func feed(_ line: UnsafeRawBufferPointer) -> Bool? {
        guard !isComplete else { return false }
        byteCount += line.count
        guard byteCount <= Self.limit else { return nil }
        let text = unsafe String(decoding: line, as: UTF8.self)
        let content = text.trimmingLineEnd()
        if content.isEmpty {
            isComplete = status >= 200
            return isComplete
        }
        if content.hasPrefix("HTTP/"), content.utf8.first != UInt8(ascii: " ") {
            let words = content.split(separator: " ", maxSplits: 2)
            status = words.count > 1 ? Int(words[1]) ?? 0 : 0
            headers = [:]
        } else if content.utf8.first == UInt8(ascii: " ") || content.utf8.first == UInt8(ascii: "\t") {
            headers.continueLast(content.trimmingSpaces())
        } else if let colon = content.utf8.firstIndex(of: UInt8(ascii: ":")) {
            let value = content[content.utf8.index(after: colon)...]
            headers.append(String(content[..<colon]), value.trimmingSpaces())
        }
        return false
    }
}

extension StringProtocol {
    fileprivate func trimmingLineEnd() -> Substring {
        var text = Substring(self).utf8
        while let last = text.last, last == UInt8(ascii: "\r") || last == UInt8(ascii: "\n") { text = text.dropLast() }
        return Substring(text)
    }

    fileprivate func trimmingSpaces() -> String {
        var text = Substring(self).utf8
        while let last = text.last, last == UInt8(ascii: " ") || last == UInt8(ascii: "\t") { text = text.dropLast() }
        text = text.drop { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }
        return String(Substring(text))
    }
}
