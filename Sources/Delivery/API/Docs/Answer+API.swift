import OpenAPI
import Shapes

extension [Answer] {
    /// JSON.
    static func ok(_ schema: Schema, _ text: String = "As asked.") -> [Answer] {
        [Answer(200, text, "application/json", schema)]
    }

    /// JSON that a caller may hold and ask for again with its `ETag`.
    static func fresh(_ schema: Schema) -> [Answer] {
        [
            Answer(
                200, "As it stands now.", "application/json", schema,
                headers: [("ETag", "For If-None-Match.")]),
            Answer(304, "As the caller has it already."),
        ]
    }

    static func created(_ schema: Schema) -> [Answer] { [Answer(201, "Made.", "application/json", schema)] }

    static let nothing = [Answer(204, "Done.")]

    /// A job that goes on after the answer.
    static let job = [
        Answer(
            202, "The job goes on: nobody wants to wait for it, or not this long.", "application/json",
            JobShape.schema, headers: [("Location", "Where the job is found.")])
    ]

    static func content(_ type: String, _ text: String) -> [Answer] { [Answer(200, text, type, .string)] }
}

extension Answer {
    /// A refusal; the document holds one of each status.
    static func problem(_ status: Int) -> Answer {
        Answer(
            status, Problem.titles[status] ?? "Error", "application/problem+json", ProblemShape.schema,
            headers: status == 429 || status == 503 ? [("Retry-After", "Seconds, where it is known.")] : [],
            component: "Problem\(status)")
    }
}
