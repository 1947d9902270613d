/// The decoded parameters after the `?`, in the order sent; a name may come several times.
public struct Query: Sendable {
    /// Every parameter as sent, decoded; one without `=` has an empty value.
    public let parameters: [(name: String, value: String)]

    /// A query without parameters.
    public init() { parameters = [] }

    /// Decodes what follows the `?`, such as `a=1&b=x+y`; nil when an escape is broken or a part holds a NUL.
    public init?(_ text: Substring) {
        var found: [(name: String, value: String)] = []
        for part in text.split(separator: "&") {
            let sides = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard let name = PercentDecoding.decode(sides[0], plusIsSpace: true),
                let value = PercentDecoding.decode(sides.count > 1 ? sides[1] : "", plusIsSpace: true)
            else { return nil }
            found.append((name, value))
        }
        parameters = found
    }

    /// The first value of `name`; empty when it came without `=`.
    public func first(_ name: String) -> String? {
        parameters.first { $0.name == name }?.value
    }

    /// Every value of `name`, in order.
    public func all(_ name: String) -> [String] {
        parameters.filter { $0.name == name }.map(\.value)
    }
}
