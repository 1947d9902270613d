import HTTPServer
import JSONStream
import Shapes

/// A refusal with a status, a stable code, and a sentence for the person who must act.
struct Problem: Error {
    var status: Int
    var code: String
    var detail: String
    var fields: [ProblemShape.Field] = []
    var job: Int64?
    var service: String?
    var deletionLog: Int64?
    var headers: [(String, String)] = []

    init(_ status: Int, _ code: String, _ detail: String) {
        self.status = status
        self.code = code
        self.detail = detail
    }

    static func notFound(_ what: String) -> Problem { Problem(404, "not_found", "There is no \(what).") }

    static func invalid(_ field: String, _ message: String) -> Problem {
        var problem = Problem(422, "invalid", "\(field): \(message)")
        problem.fields = [ProblemShape.Field(field, message)]
        return problem
    }

    static let titles: [Int: String] = [
        400: "Bad request", 401: "Not signed in", 403: "Not allowed", 404: "Not found", 405: "Wrong method",
        409: "Conflict", 413: "Too large", 422: "Not valid", 429: "Too many requests", 431: "Headers too large",
        500: "Internal error", 502: "A service failed", 503: "Not ready", 504: "A service was too slow",
        505: "Unsupported version",
    ]

    var title: String { Self.titles[status] ?? "Error" }

    func response(_ request: Request, basePath: String) -> Response {
        var shape = ProblemShape(
            code: code, title: title, status: status, detail: detail, fields: fields, traceID: request.traceID,
            job: job, service: service, basePath: basePath)
        shape.deletionLog = deletionLog
        return Response(
            status, headers: [("Content-Type", "application/problem+json")] + headers, body: .bytes(shape.jsonBytes))
    }
}
