import Accounts
import HTTPServer
import JSONStream
import Media
import Shapes
import Store
import Tracking

extension API {
    func addActions(to routes: inout RouteTable) {
        routes.post("api", "requests", .id, "verify", permission: .user, doc: .verifyRequest) { request in
            let id = try request.id("request")
            let visibility = request.visibility
            try checkVerifyGate(request, id)
            let result = try await acting {
                guard try await store.read({ try $0.request(id, visibleTo: visibility) }) != nil else {
                    throw ActionFailure.notFound
                }
                return try await tracking.verify(id)
            }
            return try await answer(request, id) { $0.field("result", result.rawValue) }
        }
        routes.post("api", "requests", .id, "retry", permission: .operate(), doc: .retryRequest) { request in
            let id = try request.id("request")
            let action = try await acting { try await tracking.retry(id, by: request.callerName) }
            return try await answer(request, id) { $0.field("action", action) }
        }
        routes.post("api", "requests", .id, "override", permission: .operate(), doc: .overrideRequest) { request in
            let id = try request.id("request")
            let order = try OverrideOrder(Parameters(request))
            try await acting { try await tracking.override(id, order, by: request.callerName) }
            return try await answer(request, id) { _ in }
        }
    }

    /// Users may have Jellyfin asked about a request once a minute.
    func checkVerifyGate(_ request: Request, _ id: Int64) throws {
        guard let caller = request.caller, caller.role == .user,
            let wait = verifyGate.wait(caller.user ?? "", id, at: now())
        else { return }
        var problem = Problem(429, "asked_too_often", "Jellyfin was asked about this just now; wait \(wait) s.")
        problem.headers = [("Retry-After", String(wait))]
        throw problem
    }

    /// Programs get the request as it stands now; a form of our own page goes back to it.
    private func answer(
        _ request: Request, _ id: Int64, _ more: (inout JSONWriter) -> Void
    ) async throws -> Response {
        if try Parameters(request).isForm { return seeOther("/request/\(id)") }
        guard let detail = try await detail(of: id, visibleTo: request.visibility) else {
            throw Problem.notFound("request \(id)")
        }
        var json = JSONWriter()
        json.object { json in
            json.key("request")
            detail.write(to: &json)
            more(&json)
        }
        return Response.json(json.bytes).secured
    }

    private func acting<Result>(_ work: () async throws -> Result) async throws -> Result {
        do {
            return try await work()
        } catch let failure as ActionFailure {
            throw Problem(failure)
        }
    }
}

extension Problem {
    init(_ failure: ActionFailure) {
        switch failure {
        case .notFound: self = .notFound("such request")
        case .notApplicable(let detail): self.init(409, "not_applicable", detail)
        case .invalid(let field, let reason): self = .invalid(field, reason)
        case .refused(let service, let reason):
            self.init(502, "upstream_refused", "\(service) did not do it; nothing was changed: \(reason)")
            self.service = service
        case .notConfigured(let service): self.init(409, "not_configured", "No \(service) is configured.")
        }
    }
}

extension OverrideOrder {
    /// From a JSON body, or from our own page's form.
    fileprivate init(_ parameters: Parameters) throws {
        self.init(reason: try parameters.string("reason") ?? "")
        state = try parameters.choice("state", Stage.self)
        jellyfinID = try parameters.string("jellyfin_id")
        if parameters.has("is_anime") { isAnime = try parameters.flag("is_anime", default: false) }
        clears = try parameters.flag("clear", default: false)
    }
}
