import Accounts
import HTTPServer
import JSONStream
import Media
import Shapes
import Store

extension API {
    /// The filtered list as a file, some hundred rows at a time.
    ///
    /// Which rows and in which order is settled before the first byte, so none comes twice; a row that meanwhile is gone,
    /// or given to somebody else, is left out.
    func export(_ request: Request) async throws -> Response {
        let parameters = try Parameters(request)
        let format = parameters.text("format") ?? "csv"
        guard format == "csv" || format == "json" else { throw Problem.invalid("format", "must be one of csv, json") }
        let visibility = try listVisibility(parameters, request)
        let query = try requestQuery(parameters, visibleTo: visibility)
        let ids = try await store.read { try $0.requestIDs(query) }
        let day = String(now().rfc3339.prefix(10))
        let headers = [
            ("Content-Type", format == "csv" ? "text/csv; charset=utf-8; header=present" : "application/json"),
            ("Content-Disposition", "attachment; filename=\"marquee-requests-\(day).\(format)\""),
        ]
        let body: @Sendable (any BodyWriter) async throws -> Void = { [self] writer in
            if format == "csv" {
                try await writer.write(RequestCSV.head)
                try await pieces(of: ids, visibility) { rows in
                    try await writer.write(rows.flatMap { RequestCSV.line($0) })
                }
            } else {
                try await writeJSON(ids, visibility, to: writer)
            }
        }
        return Response(200, headers: headers, body: .stream(body)).secured
    }

    private func writeJSON(_ ids: [Int64], _ visibility: Visibility, to writer: any BodyWriter) async throws {
        let head = "{\"exported_at\":\"\(now().rfc3339)\",\"requests\":["
        try await writer.write(Array(head.utf8))
        var isFirst = true
        try await pieces(of: ids, visibility) { [links] rows in
            var bytes: [UInt8] = []
            for row in rows {
                if !isFirst { bytes.append(UInt8(ascii: ",")) }
                isFirst = false
                bytes += RequestShape(row, links: links).jsonBytes
            }
            try await writer.write(bytes)
        }
        try await writer.write(Array("]}\n".utf8))
    }

    private func pieces(
        of ids: [Int64], _ visibility: Visibility, _ each: ([RequestRecord]) async throws -> Void
    ) async throws {
        for start in stride(from: 0, to: ids.count, by: 200) {
            let some = Array(ids[start..<min(start + 200, ids.count)])
            try await each(try await store.read { try $0.requests(some, visibleTo: visibility) })
        }
    }

    /// Whose requests are listed: `whose=mine` narrows to a signed-in viewer's own, and nothing widens.
    func listVisibility(_ parameters: Parameters, _ request: Request) throws -> Visibility {
        let whose = try parameters.choice("whose", Whose.self)
        guard let user = request.caller?.user, request.visibility == .all else { return request.visibility }
        return whose == .mine ? Visibility(owner: user) : .all
    }
}

/// Whose requests a list holds.
enum Whose: String, CaseIterable {
    case mine, all
}
