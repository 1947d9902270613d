public import JSONStream

extension Schema {
    /// Writes the schema as JSON; named ones as references to the document's components.
    public func write(to json: inout JSONWriter) {
        json.object { json in
            if let text { json.field("description", text) }
            if let fallback {
                json.key("default")
                json.raw(fallback.utf8)
            }
            switch kind {
            case .named, .either: writeForms(to: &json)
            default: writeKind(to: &json)
            }
        }
    }

    /// Every named schema in here, deep ones too, by name.
    public func collect(into names: inout [String: Schema]) {
        switch kind {
        case .named(let name, let schema):
            guard names.updateValue(schema, forKey: name) == nil else { return }
            schema.collect(into: &names)
        case .array(let inner, _), .map(let inner): inner.collect(into: &names)
        case .object(let members): for member in members { member.schema.collect(into: &names) }
        case .either(let forms): for form in forms { form.collect(into: &names) }
        case .any, .null, .boolean, .number, .integer, .text: break
        }
    }

    /// A choice of schemas, null among them where it is allowed.
    private func writeForms(to json: inout JSONWriter) {
        if case .named(let name, _) = kind, !isNullable { return json.field("$ref", Self.reference(name)) }
        json.array("anyOf") { json in
            switch kind {
            case .named(let name, _): json.object { $0.field("$ref", Self.reference(name)) }
            case .either(let forms): for form in forms { form.write(to: &json) }
            default: break
            }
            if isNullable { json.object { $0.field("type", "null") } }
        }
    }

    private static func reference(_ name: String) -> String { "#/components/schemas/" + name }

    private func writeKind(to json: inout JSONWriter) {
        if let type = typeName {
            json.key("type")
            if isNullable {
                json.array { json in
                    json.value(type)
                    json.value("null")
                }
            } else {
                json.value(type)
            }
        }
        switch kind {
        case .integer(let least, let most):
            json.field("format", "int64")
            if let least { json.field("minimum", least) }
            if let most { json.field("maximum", most) }
        case .text(let format, let choices, let least, let most):
            if least > 0 { json.field("minLength", least) }
            if let most { json.field("maxLength", most) }
            if let format { json.field("format", format) }
            if !choices.isEmpty { write(choices, to: &json) }
        case .array(let element, let least):
            if least > 0 { json.field("minItems", least) }
            json.key("items")
            element.write(to: &json)
        case .map(let value):
            json.key("additionalProperties")
            value.write(to: &json)
        case .object(let members): write(members, to: &json)
        case .any, .null, .boolean, .number, .either, .named: break
        }
    }

    private var typeName: String? {
        switch kind {
        case .null: "null"
        case .boolean: "boolean"
        case .number: "number"
        case .integer: "integer"
        case .text: "string"
        case .array: "array"
        case .map, .object: "object"
        case .any, .either, .named: nil
        }
    }

    private func write(_ choices: [String], to json: inout JSONWriter) {
        json.array("enum") { json in
            for choice in choices { json.value(choice) }
            if isNullable { json.null() }
        }
    }

    private func write(_ members: [Member], to json: inout JSONWriter) {
        json.object("properties") { json in
            for member in members {
                json.key(string: member.name)
                member.schema.write(to: &json)
            }
        }
        let required = members.filter { !$0.schema.isOptional }
        guard !required.isEmpty else { return }
        json.array("required") { json in
            for member in required { json.value(member.name) }
        }
    }
}
