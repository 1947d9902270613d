import JSONStream
import Media

/// Fields as upstreams may send them: ids as numbers or text, emptiness in every form (upstreams.md §0, rule 2).
extension JSONNode {
    /// A string with more than blanks in it, or a number's digits.
    var filledText: String? {
        guard kind == .string || kind == .number, let text = scalar, !text.isEmpty else { return nil }
        return text
    }

    /// A number above zero.
    var id: Int64? { integer.flatMap { $0 > 0 ? $0 : nil } }

    /// An id that is text, such as IMDb's.
    var idText: String? {
        filledText.flatMap { text in text.utf8.contains { $0 != UInt8(ascii: "0") } ? text : nil }
    }

    /// A season's or episode's number; season 0 holds the specials.
    var ordinal: Int? { integer.flatMap { (0...99_999).contains($0) ? Int($0) : nil } }

    /// A number of bytes above zero, which may come as a fraction.
    var size: Int64? { double.flatMap { $0 >= 1 && $0 < 1e18 ? Int64($0) : nil } }

    /// Version 3 sends lazily loaded values as `{"value": …, "isLoaded": true}`.
    var unwrapped: JSONNode {
        let inner = self["value"]
        return inner.kind == .object || inner.kind == .array ? inner : self
    }

    /// A quality's name, which version 3 wraps twice.
    var qualityName: String? {
        let quality = self["quality"].unwrapped
        return quality.filledText ?? quality["quality"]["name"].filledText ?? quality["name"].filledText
    }
}
