extension Fault {
    /// Reads the body of `POST /simulator/fault`.
    ///
    /// `{"service", "path", "kind", "count" | "from", "to", "probability", "params": {…}}`; all but `kind` optional.
    /// - Throws: `OptionError` that names the member it did not understand.
    init(_ body: JSON) throws(OptionError) {
        guard let name = body["kind"]?.text, let kind = Kind(rawValue: Self.aliases[name] ?? name) else {
            throw OptionError("kind must be one of \(Kind.allCases.map(\.rawValue).joined(separator: ", "))")
        }
        self.init(
            kind, service: body["service"]?.text ?? "*", path: body["path"]?.text ?? body["event"]?.text ?? "*")
        let first = try Self.whole(body, "from") ?? 1
        let count = try Self.whole(body, "count").map { first + $0 - 1 }
        let last = try Self.whole(body, "to") ?? (count ?? Int.max)
        guard first >= 1, last >= first else {
            throw OptionError("from, to, count: calls are numbered from 1, to ≥ from")
        }
        calls = first...last
        if let share = body["probability"] {
            guard let value = share.double, (0...1).contains(value) else {
                throw OptionError("probability must be a number from 0 to 1")
            }
            probability = value
        }
        guard case .object(let members)? = body["params"] ?? .object([]) else {
            throw OptionError("params must be an object of whole numbers")
        }
        for member in members {
            let range = Self.ranges[member.name] ?? 0...1_000_000_000
            guard let value = member.value.int, range.contains(value) else {
                throw OptionError(
                    "params.\(member.name) must be a whole number from \(range.lowerBound) to \(range.upperBound)")
            }
            parameters[member.name] = value
        }
    }

    private static let ranges = ["percent": 0...100, "by": -1_000_000...1_000_000]

    private static let aliases = [
        "timeout": "hold", "unauthorized": "401", "server_error": "500", "bad_gateway": "502",
        "too_many_requests": "429", "starting": "503", "partial_listing": "partial", "shrunken_total": "shrunken",
        "truncated": "truncate",
    ]

    private static func whole(_ body: JSON, _ name: String) throws(OptionError) -> Int? {
        guard let value = body[name] else { return nil }
        guard let number = value.int, (0...1_000_000_000).contains(number) else {
            throw OptionError("\(name) must be a whole number")
        }
        return number
    }

    /// The fault as the control API shows it.
    var json: JSON {
        [
            "id": .integer(id), "service": .string(service), "path": .string(path), "kind": .string(kind.rawValue),
            "from": .integer(calls.lowerBound), "to": calls.upperBound == .max ? .null : .integer(calls.upperBound),
            "probability": .number(probability),
            "params": .object(
                parameters.sorted { $0.key < $1.key }.map { JSON.Member(name: $0.key, value: .integer($0.value)) }),
        ]
    }
}
