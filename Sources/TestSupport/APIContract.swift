/// A server's OpenAPI description, to hold its real answers against.
///
/// Stricter than the description is for clients: a member that it does not name is a fault too, so that the forms
/// written beside the code cannot fall behind it.
public struct APIContract: Sendable {
    private let document: JSONValue
    private let paths: [(parts: [Substring], methods: [String: JSONValue])]

    /// Reads a description.
    public init(_ json: String) throws {
        document = try JSONValue(json)
        paths = (document["paths"]?.members ?? [:]).map { path, methods in (path.split(separator: "/"), methods.members)
        }
    }

    /// An answer as it came.
    public struct Answer: Sendable {
        public var status: Int
        public var type: String?
        public var body: String

        public init(_ status: Int, type: String?, body: String) {
            self.status = status
            self.type = type
            self.body = body
        }
    }

    /// Everything about an answer that the description does not allow; empty when it fits, and for pages.
    ///
    /// `target` is the path below the base path, with or without its query.
    public func faults(_ method: String, _ target: String, _ answer: Answer) -> [String] {
        let path = target.prefix { $0 != "?" }
        guard let methods = methods(of: path) else {
            let isOurs = path.hasPrefix("/api") || path.hasPrefix("/hooks")
            let isRefusal = [400, 401, 403, 404, 405, 429].contains(answer.status)
            return isOurs && !isRefusal ? ["\(path) is not described"] : []
        }
        // The server's own answer for other origins; and what a person's browser is shown outside the API.
        let isForPeople = answer.type?.hasPrefix("text/html") == true && !path.hasPrefix("/api")
        if method == "OPTIONS" || isForPeople { return [] }
        guard let operation = methods[method.lowercased()] else {
            return [401, 403, 405].contains(answer.status) ? [] : ["\(method) \(path) is not described"]
        }
        // A form of our own page is led back to it; programs send none.
        if answer.status == 303 { return [] }
        guard let described = operation["responses"]?[String(answer.status)] else {
            return ["\(method) \(path): status \(answer.status) is not described"]
        }
        return faults(answer, resolved(described)).map { "\(method) \(path) \(answer.status): \($0)" }
    }

    private func methods(of path: Substring) -> [String: JSONValue]? {
        let wanted = path.split(separator: "/")
        let fitting = paths.filter { known in
            known.parts.count == wanted.count && zip(known.parts, wanted).allSatisfy { $0.hasPrefix("{") || $0 == $1 }
        }
        // Words before parameters, as the router has it.
        return fitting.min { $0.parts.count { $0.hasPrefix("{") } < $1.parts.count { $0.hasPrefix("{") } }?.methods
    }

    private func faults(_ answer: Answer, _ described: JSONValue) -> [String] {
        let contents = described["content"]?.members ?? [:]
        if contents.isEmpty { return answer.body.isEmpty ? [] : ["a body, though none is described"] }
        let sent = String((answer.type ?? "").prefix { $0 != ";" })
        let meant = contents.first { $0.key.hasSuffix("/*") ? sent.hasPrefix($0.key.dropLast()) : sent == $0.key }
        guard let (type, content) = meant else {
            return ["\(sent) instead of \(contents.keys.sorted().joined(separator: " or "))"]
        }
        guard type.hasSuffix("json") else { return [] }
        guard let value = try? JSONValue(answer.body) else { return ["no JSON: \(answer.body.prefix(200))"] }
        return content["schema"].map { faults(value, $0, "$") } ?? []
    }

    private func resolved(_ node: JSONValue) -> JSONValue {
        guard let reference = node["$ref"]?.text else { return node }
        return reference.split(separator: "/").dropFirst().reduce(document) { $0[String($1)] ?? .null }
    }

    // MARK: Forms

    /// What a value at a place has that its schema does not allow.
    func faults(_ value: JSONValue, _ node: JSONValue, _ place: String) -> [String] {
        let schema = resolved(node)
        if let forms = schema["anyOf"]?.elements {
            let tried = forms.map { faults(value, $0, place) }
            return tried.contains(where: \.isEmpty) ? [] : tried.min { $0.count < $1.count } ?? []
        }
        if let types = schema["type"].map({ $0.text.map { [$0] } ?? $0.elements.compactMap(\.text) }),
            !types.contains(where: { Self.isOf($0, value) })
        {
            return ["\(place) is \(value), not \(types.joined(separator: " or "))"]
        }
        if value != .null, let choices = schema["enum"]?.elements, !choices.contains(value) {
            return ["\(place) is \(value), not one of \(choices.compactMap(\.text))"]
        }
        switch value {
        case .object(let members): return faults(members, schema, place)
        case .array(let elements):
            guard let inner = schema["items"] else { return [] }
            return elements.prefix(50).enumerated().flatMap { faults($1, inner, "\(place)[\($0)]") }
        case .text(let text):
            return schema["format"]?.text == "date-time" && !Self.isTime(text) ? ["\(place) is no time: \(text)"] : []
        case .integer(let number):
            let isBelow = schema["minimum"]?.integer.map { number < $0 } ?? false
            let isAbove = schema["maximum"]?.integer.map { number > $0 } ?? false
            return isBelow || isAbove ? ["\(place) is out of bounds: \(number)"] : []
        case .null, .flag, .number: return []
        }
    }

    private func faults(_ members: [String: JSONValue], _ schema: JSONValue, _ place: String) -> [String] {
        if let inner = schema["additionalProperties"] {
            return members.sorted { $0.key < $1.key }.flatMap { faults($1, inner, "\(place).\($0)") }
        }
        guard let described = schema["properties"]?.members else { return [] }
        var found: [String] = []
        for name in schema["required"]?.elements.compactMap(\.text) ?? [] where members[name] == nil {
            found.append("\(place).\(name) is missing")
        }
        for (name, value) in members.sorted(by: { $0.key < $1.key }) {
            guard let inner = described[name] else {
                found.append("\(place).\(name) is not described")
                continue
            }
            found += faults(value, inner, "\(place).\(name)")
        }
        return found
    }

    private static func isOf(_ type: String, _ value: JSONValue) -> Bool {
        switch (type, value) {
        case ("null", .null), ("boolean", .flag), ("integer", .integer), ("number", .number), ("number", .integer),
            ("string", .text), ("array", .array), ("object", .object):
            true
        default: false
        }
    }

    /// RFC 3339 in UTC with milliseconds, as `2026-11-20T09:41:03.120Z`.
    private static func isTime(_ text: String) -> Bool {
        let form = "dddd-dd-ddTdd:dd:dd.dddZ"
        return text.utf8.count == form.utf8.count
            && zip(text.utf8, form.utf8).allSatisfy { $1 == UInt8(ascii: "d") ? (48...57).contains($0) : $0 == $1 }
    }
}
