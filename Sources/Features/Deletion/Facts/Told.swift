import HTTPClient

/// What a service answered, or why nobody can tell: unknown is never "no".
public enum Told<Value: Sendable>: Sendable {
    case known(Value)
    /// In words for people.
    case unknown(String)

    public var value: Value? {
        if case .known(let value) = self { value } else { nil }
    }

    public var failure: String? {
        if case .unknown(let why) = self { why } else { nil }
    }

    /// Asks; whatever goes wrong is unknown.
    static func asking(_ ask: () async throws -> Value) async -> Told {
        do {
            return .known(try await ask())
        } catch {
            return .unknown("\(error)")
        }
    }
}
