/// What a value must be, as a sentence for people and as a function for the loader.
public struct Rule<Value: Sendable>: Sendable {
    /// Completes "MARQUEE_BIND must be …".
    public let text: String
    /// What the JSON schema says of a value in the configuration file.
    let schema: JSONSchemaType
    /// The value, or nil when the rule is broken.
    let parse: @Sendable (RawValue) -> Value?
    /// What may be shown of a secret; nil for nothing.
    let masked: (@Sendable (RawValue) -> String)?

    init(
        _ text: String, schema: JSONSchemaType, masked: (@Sendable (RawValue) -> String)? = nil,
        parse: @escaping @Sendable (RawValue) -> Value?
    ) {
        self.text = text
        self.schema = schema
        self.masked = masked
        self.parse = parse
    }

    /// A rule over one text; a list breaks it.
    static func text(
        _ text: String, schema: JSONSchemaType = .string, parse: @escaping @Sendable (String) -> Value?
    ) -> Rule {
        Rule(text, schema: schema) { raw in
            guard case .text(let one) = raw else { return nil }
            return parse(one)
        }
    }
}

/// The JSON types a value in the configuration file may have.
enum JSONSchemaType: Sendable {
    case string
    case boolean
    case integer
    case stringList
    case choice([String])
}
