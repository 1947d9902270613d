public import JSONStream
public import OpenAPI

/// An error as `application/problem+json` (api.md §1).
public struct ProblemShape: Shape {
    public static let schema = Schema.named(
        "Problem",
        [
            "type": .string.note("`about:marquee/` and a stable code."), "title": .string,
            "status": .integer(400...599), "detail": .string,
            "errors": .array(["field": .string, "message": .string]).note("What was not valid, by field."),
            "trace_id": .string.note("Finds the line in Marquee's log."),
            "job_id": .id.sometimes, "job": .string.sometimes.note("Where the job in the way is found."),
            "service": .string.sometimes.note("Which service failed."),
            "deletion_log_id": .id.sometimes.note("The deletion that is under way already."),
        ])

    public struct Field: Sendable {
        public var name: String
        public var message: String

        public init(_ name: String, _ message: String) {
            self.name = name
            self.message = message
        }
    }

    public var code: String
    public var title: String
    public var status: Int
    public var detail: String
    public var fields: [Field]
    public var traceID: String
    /// The job or service concerned, where there is one.
    public var job: Int64?
    public var service: String?
    public var deletionLog: Int64?
    /// Below which our own paths begin.
    private let basePath: String

    public init(
        code: String, title: String, status: Int, detail: String, fields: [Field] = [], traceID: String,
        job: Int64? = nil, service: String? = nil, basePath: String = ""
    ) {
        self.basePath = basePath
        self.code = code
        self.title = title
        self.status = status
        self.detail = detail
        self.fields = fields
        self.traceID = traceID
        self.job = job
        self.service = service
    }

    public func write(to json: inout JSONWriter) {
        json.object { json in
            json.field("type", "about:marquee/\(code)")
            json.field("title", title)
            json.field("status", status)
            json.field("detail", detail)
            json.array("errors") { json in
                for field in fields {
                    json.object { json in
                        json.field("field", field.name)
                        json.field("message", field.message)
                    }
                }
            }
            json.field("trace_id", traceID)
            if let job {
                json.field("job_id", job)
                json.field("job", "\(basePath)/api/jobs/\(job)")
            }
            if let service { json.field("service", service) }
            if let deletionLog { json.field("deletion_log_id", deletionLog) }
        }
    }
}
