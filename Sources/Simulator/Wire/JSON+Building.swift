// Objects put together piece by piece; what is nil is left out, as the servers do.
extension JSON {
    /// The object with one more member; unchanged when `value` is nil.
    func with(_ name: String, _ value: JSON?) -> JSON {
        guard case .object(let members) = self, let value else { return self }
        return .object(members.filter { $0.name != name } + [Member(name: name, value: value)])
    }

    /// The object with a text.
    func with(_ name: String, text: String?) -> JSON { with(name, text.map { .string($0) }) }

    /// The object with a whole number.
    func with(_ name: String, number: Int?) -> JSON { with(name, number.map { .integer($0) }) }

    /// The object with all members of another one.
    func merging(_ other: JSON) -> JSON {
        guard case .object(let members) = other else { return self }
        return members.reduce(self) { $0.with($1.name, $1.value) }
    }

    /// A list of texts.
    static func texts(_ texts: [String]) -> JSON { .array(texts.map { .string($0) }) }

    /// A list of whole numbers.
    static func numbers(_ numbers: [Int]) -> JSON { .array(numbers.map { .integer($0) }) }

    /// Whether it says true.
    var isTrue: Bool { self == .bool(true) }

    /// A whole number, or a text that is one.
    var whole: Int? { int ?? text.flatMap { Int($0) } }
}
