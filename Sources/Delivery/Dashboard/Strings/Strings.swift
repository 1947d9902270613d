/// Every visible sentence of the dashboard in one language, by key.
public struct Strings: Sendable {
    /// BCP 47.
    public let language: String
    private let phrases: [Key: Phrase]
    private let category: @Sendable (Int64) -> Phrase.Category

    /// A catalogue.
    /// - Parameters:
    ///   - language: BCP 47.
    ///   - phrases: a key it lacks shows its own name, which the tests find.
    ///   - category: the plural rule of the language.
    public init(
        language: String, phrases: [Key: Phrase], category: @escaping @Sendable (Int64) -> Phrase.Category
    ) {
        self.language = language
        self.phrases = phrases
        self.category = category
    }

    /// The sentence of that key.
    public subscript(_ key: Key) -> String { phrases[key]?.text(.other) ?? "‹\(key)›" }

    /// The sentence with its `{name}`s replaced.
    public subscript(_ key: Key, _ values: [String: String]) -> String {
        Self.fill(self[key], values)
    }

    /// The plural form for `count`, which also replaces `{count}`.
    public subscript(_ key: Key, count count: Int64) -> String {
        self[key, count: count, [:]]
    }

    /// The plural form for `count`, with `{count}` and its other `{name}`s replaced.
    public subscript(_ key: Key, count count: Int64, _ values: [String: String]) -> String {
        let text = phrases[key]?.text(category(count)) ?? "‹\(key)›"
        return Self.fill(text, values.merging(["count": NumberText.grouped(count)]) { given, _ in given })
    }

    /// Replaces known names only; a value is never read again, so braces in a title stay braces.
    private static func fill(_ text: String, _ values: [String: String]) -> String {
        var result = ""
        var rest = text[...]
        while let open = rest.firstIndex(of: "{") {
            result += rest[..<open]
            guard let close = rest[open...].firstIndex(of: "}"),
                let value = values[String(rest[rest.index(after: open)..<close])]
            else {
                result += rest[open...open]
                rest = rest[rest.index(after: open)...]
                continue
            }
            result += value
            rest = rest[rest.index(after: close)...]
        }
        return result + rest
    }
}

/// One sentence, with its plural forms where it counts something.
public enum Phrase: Sendable, ExpressibleByStringLiteral {
    case text(String)
    case plural(one: String, other: String)

    /// The plural categories English needs (CLDR); a language with more adds its own here.
    public enum Category: Sendable { case one, other }

    public init(stringLiteral value: String) { self = .text(value) }

    func text(_ category: Category) -> String {
        switch self {
        case .text(let text): text
        case .plural(let one, let other): category == .one ? one : other
        }
    }
}
