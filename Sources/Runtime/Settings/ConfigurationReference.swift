/// The reference and the JSON schema, made from the declarations.
public enum ConfigurationReference {
    /// The tables of `docs/configuration.md`: our own settings, then those of every service.
    public static func markdown() -> String {
        let services = UpstreamService.allCases.flatMap { ServiceSettings($0).facts }
        return """
            ## Marquee's own settings

            \(table(SettingCatalogue.own))

            ## Services

            \(table(services))

            """
    }

    /// A JSON schema of the configuration file, for editors; keys as the file has them.
    public static func schema() -> String {
        var text = SchemaText()
        text.open("")
        text.line("\"$schema\": \"https://json-schema.org/draft/2020-12/schema\",")
        text.line("\"title\": \"Marquee configuration\",")
        text.line("\"type\": \"object\",")
        text.line("\"additionalProperties\": false,")
        text.open("\"properties\": ")
        text.line("\"$schema\": { \"type\": \"string\" },")
        text.section(
            "marquee", keys: SettingCatalogue.own.filter { $0.reach != .environment }, prefix: "MARQUEE_",
            further: false,
            isLast: false)
        for service in UpstreamService.allCases {
            text.section(
                service.rawValue, keys: ServiceSettings(service).facts, prefix: service.environmentName + "_",
                further: true, isLast: service == UpstreamService.allCases.last)
        }
        text.close("")
        text.close("")
        return text.text
    }

    private static func table(_ settings: [SettingFacts]) -> String {
        let head = "| Name | Default | Meaning | Must be |\n|---|---|---|---|\n"
        let rows = settings.map { one in
            let name = "`\(one.name)`" + (one.isSecret ? " · secret" : "")
            return "| \(name) | \(one.fallbackText) | \(one.meaning) | \(one.rule) |"
        }
        return head + rows.joined(separator: "\n")
    }
}

/// Indented JSON, line by line.
private struct SchemaText {
    private(set) var text = ""
    private var depth = 0

    mutating func line(_ content: String) {
        text += String(repeating: "  ", count: depth) + content + "\n"
    }

    mutating func open(_ start: String) {
        line(start + "{")
        depth += 1
    }

    mutating func close(_ end: String) {
        depth -= 1
        line("}" + end)
    }

    /// One section of the file; with `further`, objects in it are instances with the same keys.
    mutating func section(_ name: String, keys: [SettingFacts], prefix: String, further: Bool, isLast: Bool) {
        open("\"\(name)\": ")
        line("\"type\": \"object\",")
        members(of: keys, prefix: prefix, closing: ",")
        if further {
            open("\"additionalProperties\": ")
            line("\"type\": \"object\",")
            members(of: keys, prefix: prefix, closing: ",")
            line("\"additionalProperties\": false")
            close("")
        } else {
            line("\"additionalProperties\": false")
        }
        close(isLast ? "" : ",")
    }

    private mutating func members(of keys: [SettingFacts], prefix: String, closing: String) {
        open("\"properties\": ")
        let lines = keys.flatMap { one -> [String] in
            let key = one.name.dropFirst(prefix.count).lowercased()
            let own = "\"\(key)\": { \(one.schema.keyword), \"description\": \"\(escaped(one.meaning))\" }"
            let file = "\"\(key)_file\": { \"type\": \"string\", \"description\": \"file that holds \(key)\" }"
            return one.isSecret ? [own, file] : [own]
        }
        for (index, content) in lines.enumerated() { line(content + (index == lines.count - 1 ? "" : ",")) }
        close(closing)
    }

    private func escaped(_ text: String) -> String {
        String(text.flatMap { $0 == "\"" || $0 == "\\" ? ["\\", $0] : [$0] })
    }
}

extension JSONSchemaType {
    /// What the schema says: the type, or the values allowed.
    fileprivate var keyword: String {
        switch self {
        case .string: "\"type\": \"string\""
        case .boolean: "\"type\": \"boolean\""
        case .integer: "\"type\": \"integer\""
        case .stringList: "\"type\": [\"array\", \"string\"], \"items\": { \"type\": \"string\" }"
        case .choice(let values): "\"enum\": [\(values.map { "\"\($0)\"" }.joined(separator: ", "))]"
        }
    }
}
