/// A value as a layer holds it, before any rule was applied.
public enum RawValue: Sendable, Hashable {
    case text(String)
    /// A JSON array of texts: the way to write list elements that contain commas.
    case list([String])

    /// The value as one text; list elements joined by commas.
    var text: String {
        switch self {
        case .text(let text): text
        case .list(let elements): elements.joined(separator: ",")
        }
    }

    /// The elements of a list: those of the array, or the text cut at its commas.
    ///
    /// Blanks around elements and empty elements are dropped, so a trailing comma does no harm.
    var elements: [String] {
        let raw: [String] =
            switch self {
            case .text(let text): text.split(separator: ",").map(String.init)
            case .list(let elements): elements
            }
        return raw.map(trimmingBlanks).filter { !$0.isEmpty }
    }

    /// Whether nothing is set: an empty value means unset.
    var isEmpty: Bool {
        switch self {
        case .text(let text): text.isEmpty
        case .list(let elements): elements.isEmpty
        }
    }
}

/// The text without spaces and tabs at its ends.
func trimmingBlanks(_ text: String) -> String {
    func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }
    let bytes = Array(text.utf8)
    guard let first = bytes.firstIndex(where: { !isBlank($0) }), let last = bytes.lastIndex(where: { !isBlank($0) })
    else { return "" }
    return String(decoding: bytes[first...last], as: UTF8.self)
}
