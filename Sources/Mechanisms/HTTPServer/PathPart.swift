/// One part of a route's path: a fixed word or a parameter.
public enum PathPart: ExpressibleByStringLiteral, Hashable, Sendable {
    case literal(String)
    case parameter(String)

    /// A fixed word.
    public init(stringLiteral value: String) {
        self = .literal(value)
    }

    /// A parameter that the handler finds in `request.parameters["id"]`.
    public static let id = PathPart.parameter("id")

    /// A parameter of this name.
    public static func named(_ name: String) -> PathPart { .parameter(name) }

    /// The name of a parameter; nil for a fixed word.
    var parameter: String? {
        if case .parameter(let name) = self { return name }
        return nil
    }

    var description: String {
        switch self {
        case .literal(let word): word
        case .parameter(let name): "{\(name)}"
        }
    }
}
