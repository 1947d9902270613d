/// Finds the route of a request: a tree of path parts, fixed words before parameters.
struct Router: Sendable {
    /// A route without its permission type: the permission lives on in the `authorize` closure.
    struct Route: Sendable {
        let method: String
        let pattern: String
        let parts: [PathPart]
        let bodyLimit: Int
        let authorize: @Sendable (inout Request) async -> Response?
        let handler: @Sendable (Request) async throws -> Response
    }

    enum Match: Sendable {
        case route(Route, parameters: [String: String])
        /// The path exists, but not for this method.
        case otherMethods(allowed: [String], authorize: @Sendable (Request) async -> Response?)
        case nothing
    }

    /// Asked when a path exists for other methods only; the numbers are places in the route table.
    typealias AuthorizePath = @Sendable ([Int], Request) async -> Response?

    private struct Node {
        var words: [String: Int] = [:]
        var parameter: Int?
        var routes: [Int] = []
    }

    private let routes: [Route]
    private let authorizePath: AuthorizePath
    private var nodes = [Node()]

    init(_ routes: [Route], authorizePath: @escaping AuthorizePath) {
        self.routes = routes
        self.authorizePath = authorizePath
        for index in routes.indices { insert(index) }
    }

    func match(_ method: String, _ segments: [String]) -> Match {
        guard let found = find(segments[...], from: 0) else { return .nothing }
        let wanted = method == "HEAD" ? ["HEAD", "GET"] : [method]
        for candidate in wanted {
            for index in found where routes[index].method == candidate {
                let route = routes[index]
                var parameters: [String: String] = [:]
                for (part, segment) in zip(route.parts, segments) {
                    if case .parameter(let name) = part { parameters[name] = segment }
                }
                return .route(route, parameters: parameters)
            }
        }
        var allowed = Set(found.map { routes[$0].method })
        if allowed.contains("GET") { allowed.insert("HEAD") }
        let authorizePath = authorizePath
        return .otherMethods(allowed: allowed.sorted()) { await authorizePath(found, $0) }
    }

    private mutating func insert(_ index: Int) {
        var node = 0
        for part in routes[index].parts {
            let existing =
                switch part {
                case .literal(let word): nodes[node].words[word]
                case .parameter: nodes[node].parameter
                }
            if let existing {
                node = existing
                continue
            }
            nodes.append(Node())
            switch part {
            case .literal(let word): nodes[node].words[word] = nodes.count - 1
            case .parameter: nodes[node].parameter = nodes.count - 1
            }
            node = nodes.count - 1
        }
        nodes[node].routes.append(index)
    }

    private func find(_ segments: ArraySlice<String>, from node: Int) -> [Int]? {
        guard let first = segments.first else { return nodes[node].routes.isEmpty ? nil : nodes[node].routes }
        if let next = nodes[node].words[first], let found = find(segments.dropFirst(), from: next) { return found }
        guard let next = nodes[node].parameter, !first.isEmpty else { return nil }
        return find(segments.dropFirst(), from: next)
    }
}
