import FoundationEssentials
import HTTPClient
import JSONStream

/// The key of one server: configured, or got by logging in.
actor ShokoKeys {
    private enum Slot {
        case empty
        case asking(Task<Result<String, UpstreamError>, Never>)
        case held(String)
    }

    private let login: (@Sendable () async -> Result<String, UpstreamError>)?
    private var slot: Slot

    init(key: String) {
        login = nil
        slot = .held(key)
    }

    init(_ base: BaseURL, user: String, password: String, transport: any HTTPTransport) {
        login = { await Self.logIn(base, user, password, transport) }
        slot = .empty
    }

    /// Returns the key; ten callers share one login.
    func key() async throws(UpstreamError) -> String {
        switch slot {
        case .held(let key): return key
        case .asking(let task): return try await task.value.get()
        case .empty:
            guard let login else { return "" }
            // Its own task, because the callers share it and one of them being cancelled must not fail the others.
            let task = Task { await login() }
            slot = .asking(task)
            let result = await task.value
            if case .success(let key) = result { slot = .held(key) } else { slot = .empty }
            return try result.get()
        }
    }

    /// Drops a key got by logging in; false when there is none.
    func forget() -> Bool {
        guard login != nil, case .held = slot else { return false }
        slot = .empty
        return true
    }

    private static func logIn(
        _ base: BaseURL, _ user: String, _ password: String, _ transport: any HTTPTransport
    ) async -> Result<String, UpstreamError> {
        var body = JSONWriter()
        body.object { body in
            body.field("user", user)
            body.field("pass", password)
            body.field("device", "marquee")
        }
        let call = HTTPRequest(
            "POST", base.appending(["api", "auth"]), headers: [("Content-Type", "application/json")],
            body: body.bytes, service: Shoko.service)
        do throws(UpstreamError) {
            let answer = try await transport.send(call)
            guard let (granted, _) = try ShokoAnswer.decode(Granted.self, answer, call), !granted.apikey.isEmpty else {
                throw call.failure(.undecodable(field: "apikey"), cause: "this does not look like Shoko")
            }
            return .success(granted.apikey)
        } catch {
            return .failure(error)
        }
    }

    private struct Granted: Decodable {
        var apikey: String
    }
}
