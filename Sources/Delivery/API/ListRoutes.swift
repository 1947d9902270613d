import Accounts
import Dashboard
import Database
import HTTPServer
import Media
import Shapes
import Store

extension API {
    func addLists(to routes: inout RouteTable) {
        routes.get("api", "requests", "export", permission: .user, doc: .exportRequests) { try await export($0) }
        routes.post("api", "requests", "columns", permission: .user, doc: .chooseColumns) { try chooseColumns($0) }
        routes.get("api", "saved-filters", permission: .user, doc: .listSavedFilters) { request in
            let keeper = caller(of: request).keeper
            let filters = try await store.read { try $0.savedFilters(of: keeper) }.map { SavedFilterShape($0) }
            return .conditional(
                ListShape("saved_filters", filters, next: nil, total: Int64(filters.count)).jsonBytes, request)
        }
        routes.post("api", "saved-filters", permission: .user, doc: .saveFilter) { try await saveFilter($0) }
        routes.delete("api", "saved-filters", .id, permission: .user, doc: .deleteSavedFilter) { request in
            try await removeFilter(request)
            return Response(204).secured
        }
        routes.post("api", "saved-filters", .id, "delete", permission: .user, doc: .deleteSavedFilterByForm) {
            request in
            try await removeFilter(request)
            let parameters = try Parameters(request)
            return parameters.isForm && !request.prefersAsync ? try toList(parameters) : Response(204).secured
        }
    }

    func saveFilter(_ request: Request) async throws -> Response {
        let parameters = try Parameters(request)
        let name = Self.name(try parameters.string("name") ?? "")
        guard !name.isEmpty else { throw Problem.invalid("name", "is missing") }
        guard name.unicodeScalars.count <= 60 else { throw Problem.invalid("name", "must be at most 60 characters") }
        let query = try listQuery(parameters)
        guard query.utf8.count <= 2_000 else { throw Problem.invalid("query", "is too long") }
        let keeper = caller(of: request).keeper
        do {
            let saved = try await store.write { try $0.saveFilter(name, query, for: keeper) }
            if parameters.isForm && !request.prefersAsync { return try toList(parameters) }
            return Response.json(SavedFilterShape(saved).jsonBytes, status: 201).secured
        } catch is TooManyFilters {
            throw Problem(
                409, "too_many_filters", "You keep \(TooManyFilters.limit) filters already: delete one of them first.")
        }
    }

    func removeFilter(_ request: Request) async throws {
        let id = try request.id("saved filter")
        let keeper = caller(of: request).keeper
        guard try await store.write({ try $0.removeFilter(id, of: keeper) }) else {
            throw Problem.notFound("saved filter \(id)")
        }
    }

    /// Remembers in the browser which columns are left out; nothing is stored here.
    func chooseColumns(_ request: Request) throws -> Response {
        let parameters = try Parameters(request)
        let shown = Set(try parameters.list("show").map { try Self.column($0) })
        let hidden = RequestsPage.Column.allCases.filter { !shown.contains($0) }
        var response = parameters.isForm && !request.prefersAsync ? try toList(parameters) : Response(204).secured
        let cookie = SetCookie(
            Self.columnsCookie, hidden.map(\.rawValue).joined(separator: "."), isSecure: isSecure(request),
            maxAge: .seconds(365 * 86_400))
        response.headers.append(("Set-Cookie", cookie.field))
        return response
    }

    private static func column(_ name: String) throws -> RequestsPage.Column {
        guard let column = RequestsPage.Column(rawValue: name) else {
            let known = RequestsPage.Column.allCases.map(\.rawValue).joined(separator: ", ")
            throw Problem.invalid("show", "must be of \(known)")
        }
        return column
    }

    private static let columnsCookie = "marquee_columns"

    /// The columns that the viewer's browser does without.
    func hiddenColumns(_ request: Request) -> Set<RequestsPage.Column> {
        let names = request.headers.cookie(Self.columnsCookie)?.split(separator: ".") ?? []
        return Set(names.compactMap { RequestsPage.Column(rawValue: String($0)) })
    }

    /// Back to the list a form was sent from.
    func toList(_ parameters: Parameters, _ more: [(name: String, value: String?)] = []) throws -> Response {
        let query = [try listQuery(parameters), String(PageContext().url("", more).dropFirst())]
            .filter { !$0.isEmpty }.joined(separator: "&")
        return seeOther("/requests" + (query.isEmpty ? "" : "?" + query))
    }

    /// The filters in the parameter `query`, written as the page writes them; what a list does not know is left out.
    private func listQuery(_ parameters: Parameters) throws -> String {
        guard let query = Query((try parameters.string("query") ?? "")[...]) else {
            throw Problem.invalid("query", "is no query of an address")
        }
        let told = Parameters(query)
        _ = try requestQuery(told, visibleTo: .all)
        let known = [
            "q", "media_type", "state", "requested_by", "attention", "anime", "instance", "origin", "sort", "whose",
        ]
        let kept = known.flatMap { name in told.all(name).map { (name: name, value: String?.some($0)) } }
        return String(PageContext().url("", kept).dropFirst())
    }

    /// One line without control characters, without blanks at its ends.
    private static func name(_ text: String) -> String {
        let plain = text.unicodeScalars.map { $0.properties.generalCategory == .control ? " " : Character($0) }
        return String(plain).split(separator: " ").joined(separator: " ")
    }
}

extension Caller {
    /// Under which name their saved filters are kept: the user's id, the key, or this machine.
    var keeper: String {
        if let user { return "user:" + user }
        if case .machine = proof { return "machine" }
        return "key:" + name
    }
}
