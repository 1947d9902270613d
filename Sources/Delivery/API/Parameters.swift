import FoundationEssentials
import HTTPServer
import JSONStream
import Media

/// Reads parameters from the query, a form or a JSON body, with errors that name the field.
struct Parameters {
    private let query: Query
    private let form: Query
    private let json: [String: JSONMember]
    let isForm: Bool

    /// Those of an address alone.
    init(_ query: Query) {
        self.query = query
        form = Query()
        json = [:]
        isForm = false
    }

    init(_ request: Request) throws {
        query = request.query
        let type = request.headers["Content-Type"]?.lowercased() ?? ""
        isForm = type.hasPrefix("application/x-www-form-urlencoded")
        if isForm {
            guard let decoded = Query(Substring(String(decoding: request.body, as: UTF8.self))) else {
                throw Problem(400, "malformed_form", "The form is not valid.")
            }
            form = decoded
            json = [:]
            return
        }
        form = Query()
        guard !request.body.isEmpty, type.isEmpty || type.hasPrefix("application/json") else {
            json = [:]
            return
        }
        // JSONTree knows the limit on depth; Foundation's decoder would follow 512 levels.
        guard (try? JSONTree(request.body)) != nil,
            let decoded = try? JSONDecoder().decode([String: JSONMember].self, from: Data(request.body))
        else {
            throw Problem(400, "malformed_json", "The body is not a JSON object.")
        }
        json = decoded
    }

    func text(_ name: String) -> String? {
        if let value = query.first(name) ?? form.first(name) ?? json[name]?.text, !value.isEmpty { return value }
        return nil
    }

    /// What a form says of a field, an empty text too; nil where it has no such field.
    func entered(_ name: String) -> String? { form.first(name) }

    /// Whether anything but `null` was sent.
    func has(_ name: String) -> Bool {
        if case .null? = json[name] { return false }
        return json[name] != nil || text(name) != nil
    }

    /// A text; a number, a list or an object in its place is refused, not passed over.
    func string(_ name: String) throws -> String? {
        try expect(name, "must be a text") { if case .text = $0 { true } else { false } }
        return text(name)
    }

    /// A list: repeated, by comma, or as an array of JSON.
    func list(_ name: String) throws -> [String] {
        try expect(name, "must be a list of texts") { if case .list = $0 { true } else { false } }
        let told = query.all(name) + form.all(name) + (json[name]?.list ?? [])
        return told.flatMap { $0.split(separator: ",").map(String.init) }.filter { !$0.isEmpty }
    }

    /// Refuses a member of the JSON body that is there, and is not what `isMeant` accepts.
    private func expect(_ name: String, _ message: String, _ isMeant: (JSONMember) -> Bool) throws {
        guard let member = json[name] else { return }
        if case .null = member { return }
        guard isMeant(member) else { throw Problem.invalid(name, message) }
    }

    func all(_ name: String) -> [String] { query.all(name).filter { !$0.isEmpty } }

    func flag(_ name: String, default fallback: Bool) throws -> Bool {
        let message = "must be true or false"
        try expect(name, message) { if case .flag = $0 { true } else { false } }
        // `?dry_run` without a value is no way to say no.
        if query.first(name) == "" { throw Problem.invalid(name, message) }
        guard let text = text(name) else { return fallback }
        switch text.lowercased() {
        case "true", "1", "yes", "on": return true
        case "false", "0", "no", "off": return false
        default: throw Problem.invalid(name, message)
        }
    }

    func integer(_ name: String) throws -> Int64? {
        let message = "must be a positive number"
        try expect(name, message) { if case .number = $0 { true } else { false } }
        guard let text = text(name) else { return nil }
        guard let value = Int64(text), value > 0 else { throw Problem.invalid(name, message) }
        return value
    }

    /// How many elements a page has: 50 unless asked, at most 200.
    func limit() throws -> Int {
        guard let wanted = try integer("limit") else { return 50 }
        guard wanted <= 200 else { throw Problem.invalid("limit", "must be at most 200") }
        return Int(wanted)
    }

    /// A page of a list that is held whole: what comes behind the element whose key `after` names.
    func page<Element>(
        _ all: [Element], by key: (Element) -> String
    ) throws -> (elements: [Element], next: String?) {
        var rest = all[...]
        if let after = text("after") {
            guard let index = all.firstIndex(where: { key($0) == after }) else {
                throw Problem.invalid("after", "is not a cursor of this list")
            }
            rest = all[(index + 1)...]
        }
        let limit = try limit()
        return (Array(rest.prefix(limit)), rest.count > limit ? rest.dropFirst(limit - 1).first.map(key) : nil)
    }

    func choice<Value: RawRepresentable & CaseIterable>(_ name: String, _ type: Value.Type) throws -> Value?
    where Value.RawValue == String {
        guard let text = try string(name) else { return nil }
        return try Self.parse(name, text, type)
    }

    func choices<Value: RawRepresentable & CaseIterable>(_ name: String, _ type: Value.Type) throws -> [Value]
    where Value.RawValue == String {
        try all(name).map { try Self.parse(name, $0, type) }
    }

    private static func parse<Value: RawRepresentable & CaseIterable>(
        _ name: String, _ text: String, _ type: Value.Type
    ) throws -> Value where Value.RawValue == String {
        guard let value = Value(rawValue: text) else {
            let known = type.allCases.map(\.rawValue).joined(separator: ", ")
            throw Problem.invalid(name, "must be one of \(known)")
        }
        return value
    }
}

extension Request {
    /// The number in the path, such as `/api/jobs/{id}`.
    func id(_ what: String) throws -> Int64 {
        guard let text = parameters["id"], let id = Int64(text), id > 0 else { throw Problem.notFound(what) }
        return id
    }

    /// Whether the answer should not wait for the job (`Prefer: respond-async`).
    var prefersAsync: Bool { preferences.contains { $0 == "respond-async" } }

    /// How long the answer may wait for a job: `Prefer: wait=seconds`, else 300 s.
    var wait: Duration {
        for preference in preferences where preference.hasPrefix("wait=") {
            if let seconds = Int(preference.dropFirst(5)), seconds >= 0 { return .seconds(min(seconds, 3_600)) }
        }
        return .seconds(300)
    }

    private var preferences: [String] {
        headers.all("Prefer").flatMap { $0.split(separator: ",") }.map { part in
            String(part.drop { $0 == " " }.prefix { $0 != " " && $0 != ";" }).lowercased()
        }
    }
}
