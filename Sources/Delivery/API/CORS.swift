import HTTPServer

/// What pages of other origins may read (security.md §5): nothing, unless their origin is listed, and never by cookie.
struct CORS: Sendable {
    private let origins: Set<String>

    init(_ origins: Set<String>) { self.origins = origins }

    private static let methods = "GET, HEAD, POST, PUT, DELETE"
    private static let requestFields =
        "Authorization, Content-Type, If-None-Match, Last-Event-ID, Prefer, X-Jellyfin-Token"
    private static let answerFields = "ETag, Location, Retry-After"

    /// The answer to a browser that asks before it calls; nil for whatever else.
    func preflight(_ request: Request) -> Response? {
        guard request.method == "OPTIONS", request.headers["Access-Control-Request-Method"] != nil,
            isListed(request)
        else { return nil }
        return Response(
            204,
            headers: [
                ("Access-Control-Allow-Methods", Self.methods), ("Access-Control-Allow-Headers", Self.requestFields),
                ("Access-Control-Max-Age", "600"),
            ])
    }

    /// The answer as it goes out to a page of a listed origin; without a list every answer stays as it is.
    func dressed(_ response: Response, _ request: Request) -> Response {
        if origins.isEmpty { return response }
        var response = response
        response.headers.append(("Vary", "Origin"))
        guard isListed(request), let origin = request.headers["Origin"] else { return response }
        response.headers += [
            ("Access-Control-Allow-Origin", origin), ("Access-Control-Expose-Headers", Self.answerFields),
        ]
        return response
    }

    private func isListed(_ request: Request) -> Bool { request.headers["Origin"].map(origins.contains) ?? false }
}
