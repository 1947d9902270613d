import FoundationEssentials

/// A value of a small JSON body, kept with its kind: what is not of the kind asked for is refused, never passed over.
enum JSONMember: Decodable, Sendable {
    case null
    case flag(Bool)
    case number(String)
    case text(String)
    case list([String])
    /// An object, or a list of other things than texts.
    case other

    init(from decoder: any Decoder) throws {
        let value = try decoder.singleValueContainer()
        if value.decodeNil() {
            self = .null
        } else if let flag = try? value.decode(Bool.self) {
            self = .flag(flag)
        } else if let number = try? value.decode(Int64.self) {
            self = .number(String(number))
        } else if let number = try? value.decode(Double.self) {
            self = .number(String(number))
        } else if let text = try? value.decode(String.self) {
            self = .text(text)
        } else if let list = try? value.decode([String].self) {
            self = .list(list)
        } else {
            self = .other
        }
    }

    /// As a form would send it.
    var text: String? {
        switch self {
        case .null, .other: nil
        case .flag(let flag): flag ? "true" : "false"
        case .number(let text), .text(let text): text
        case .list(let list): list.joined(separator: ",")
        }
    }

    var list: [String] {
        switch self {
        case .list(let list): list
        case .flag, .number, .text: text.map { [$0] } ?? []
        case .null, .other: []
        }
    }
}
