import HTTPServer
public import OpenAPI
import Shapes

extension API {
    /// The OpenAPI description of every route that is part of the API.
    public var description: OpenAPIDocument {
        let endpoints = routes.table.compactMap { row in
            RouteDoc.operation(of: row).map { OpenAPIDocument.Endpoint(row.method, row.pattern, $0) }
        }
        var document = OpenAPIDocument(
            title: "Marquee", version: version, text: Self.introduction, basePath: basePath, endpoints: endpoints)
        document.tags = RouteDoc.Chapter.allCases.map { ($0.rawValue, $0.text) }
        document.security = [
            ("bearer", .bearer("An API key, `mq_…`, or the value of MARQUEE_ADMIN_TOKEN.")),
            (
                "session",
                .cookie("marquee", "Set by `logIn`; changes need X-CSRF-Token too. `__Host-marquee` by HTTPS.")
            ),
            ("jellyfinToken", .header("X-Jellyfin-Token", "The token of a Jellyfin user.")),
            ("hookToken", .header("X-Marquee-Token", "The secret of a webhook.")),
            ("hookAuthorization", .header("Authorization", "The same, plain as Seerr sends it.")),
            ("hookQuery", .query("token", "The same, for senders that set no header.")),
        ]
        return document
    }

    private static let introduction = """
        Live tracking of media requests, from the request to playable.

        JSON in snake_case; times are RFC 3339 in UTC with milliseconds. Every field is always there unless said \
        otherwise, and null means unknown or none. Lists take `limit` and `after`. Refusals are problem+json with a \
        stable `type`. Paths are below the base path; probes answer without it as well.
        """
}
