import Dashboard
import HTTPServer
import OpenAPI

extension API {
    /// The description as a page's model, from the same table.
    var docsModel: DocsPage.Model {
        let routes = routes.table.compactMap { row in
            RouteDoc.operation(of: row).map { (operation: $0, entry: Self.entry($0, row)) }
        }
        var forms: [String: Schema] = [:]
        for route in routes {
            route.operation.body?.schema.collect(into: &forms)
            for answer in route.operation.answers { answer.content?.schema.collect(into: &forms) }
        }
        return DocsPage.Model(
            version: version,
            chapters: RouteDoc.Chapter.allCases.map { chapter in
                DocsPage.Chapter(
                    name: chapter.rawValue, text: chapter.text,
                    routes: routes.filter { $0.operation.tag == chapter.rawValue }.map(\.entry))
            },
            forms: forms.sorted { $0.key < $1.key }.map { DocsPage.Form(name: $0.key, members: $0.value.rows) })
    }

    private static func entry(_ operation: Operation, _ row: RouteTable.Row) -> RouteEntry.Model {
        RouteEntry.Model(
            method: row.method, path: row.pattern, summary: operation.summary, detail: operation.detail,
            access: row.permission.words(reading: row.method == "GET"),
            parameters: operation.parameters.map { parameter in
                let place = parameter.place == .query ? "" : " (\(parameter.place.rawValue))"
                return DocsTable.Row(
                    parameter.name + place, parameter.schema.words,
                    [parameter.text, parameter.schema.text, parameter.schema.fallback.map { "Default \($0)." }]
                        .compactMap(\.self).joined(separator: " "))
            },
            members: operation.body?.schema.rows ?? [],
            answers: operation.answers.sorted { $0.status < $1.status }.map { answer in
                DocsTable.Row(
                    String(answer.status), answer.content?.schema.words ?? "no content",
                    link: answer.content?.schema.link, answer.text)
            })
    }
}

extension Permission {
    /// Who may, in words.
    func words(reading: Bool) -> String {
        switch self {
        case .open: "anyone"
        case .user:
            reading
                ? "every role, users for their own requests; keys with read"
                : "admins, users for their own; keys with operate"
        case .operate(let reads): reads && reading ? "admins and readers; keys with read" : "admins; keys with operate"
        case .admin: "admins; keys with admin"
        case .hook: "the service, with its secret"
        case .metrics: "admins, keys with metrics, trusted addresses"
        }
    }
}
