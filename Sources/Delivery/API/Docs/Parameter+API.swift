import OpenAPI

extension Parameter {
    static func query(_ name: String, _ schema: Schema, _ text: String? = nil) -> Parameter {
        Parameter(name, in: .query, schema, text)
    }

    static func header(_ name: String, _ schema: Schema, _ text: String? = nil) -> Parameter {
        Parameter(name, in: .header, schema, text)
    }

    static let limit = query("limit", .integer(1...200).otherwise("50"), "How many at most.")
    static let after = query("after", .string, "The `next` of the page before.")

    /// For work that may be left to a job.
    static let prefer = header(
        "Prefer", .string, "`respond-async` answers at once with the job; `wait=seconds` waits that long for it.")
}

extension [Parameter] {
    /// What every list takes.
    static let paged: [Parameter] = [.limit, .after]
}
