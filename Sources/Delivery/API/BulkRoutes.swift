import Accounts
import Dashboard
import HTTPServer
import Lifecycle
import Media
import Store
import Tracking

extension API {
    func addBulk(to routes: inout RouteTable) {
        routes.post("requests", "bulk", permission: .user, doc: .page) { try await actOnMany($0) }
    }

    /// Verifies or retries the ticked requests, each by itself: one that cannot be is counted and keeps none back.
    private func actOnMany(_ request: Request) async throws -> Response {
        let parameters = try Parameters(request)
        let ids = Set(try parameters.list("ids").map { try Self.id($0) }).sorted()
        guard !ids.isEmpty else { throw Problem.invalid("ids", "tick a request first") }
        guard ids.count <= 200 else { throw Problem.invalid("ids", "must be at most 200") }
        if parameters.text("do") == "delete" {
            return seeOther("/deletions/new?ids=" + ids.map(String.init).joined(separator: ","))
        }
        let isRetry = parameters.text("do") == "retry"
        guard isRetry || parameters.text("do") == "verify" else {
            throw Problem.invalid("do", "must be one of verify, retry, delete")
        }
        if isRetry, request.caller?.may(.operate(), changing: true) != true {
            throw Problem(403, "forbidden", "\(request.callerName) may not do this.")
        }
        let visible = try await visible(ids, to: request.visibility)
        let results = await mapBounded(visible, width: 4) { id in
            if isRetry {
                _ = try await tracking.retry(id, by: request.callerName)
            } else {
                try checkVerifyGate(request, id)
                _ = try await tracking.verify(id)
            }
        }
        let done = results.count { if case .success = $0 { true } else { false } }
        let outcome = BulkOutcome(wasRetry: isRetry, done: Int64(done), refused: Int64(ids.count - done))
        return try toList(parameters, [("done", outcome.text)])
    }

    private static func id(_ text: String) throws -> Int64 {
        guard let id = Int64(text), id > 0 else { throw Problem.invalid("ids", "must be ids of requests") }
        return id
    }

    /// Those of the requests that the caller may know of.
    private func visible(_ ids: [Int64], to visibility: Visibility) async throws -> [Int64] {
        try await store.read { reader in
            try ids.filter { try reader.request($0, visibleTo: visibility) != nil }
        }
    }
}
