import HTTPClient
import JSONStream
import Media

extension Servarr {
    /// Reads one resource; nil where it is proven not to exist.
    ///
    /// A 404 proves that only from the right program: a proxy, or a wrong base path, answers 404 to everything, so the
    /// program is asked who it is before its word counts (deletion.md §4).
    /// - Throws: `UpstreamError` for everything else: unknown, never "gone".
    func proven(_ call: HTTPRequest) async throws(UpstreamError) -> JSONNode? {
        do {
            return try await answer(to: call)
        } catch {
            guard error.reason == .status(404) else { throw error }
            try await vouch()
            return nil
        }
    }

    /// Deletes one resource.
    ///
    /// - Throws: `UpstreamError`; nothing was changed then, unless no answer came at all.
    func remove(_ call: HTTPRequest) async throws(UpstreamError) -> Removal {
        let answer = try await response(to: call)
        if answer.status == 404 {
            try await vouch()
            return .alreadyGone
        }
        try check(answer, of: call)
        return .done
    }

    /// Sends a change as JSON; what the program answers to a success does not matter, and may be nothing.
    ///
    /// - Throws: `UpstreamError`; its cause is what the program says about a refusal.
    func order(_ call: HTTPRequest, _ body: [UInt8]) async throws(UpstreamError) {
        var call = call
        call.headers.append(("Content-Type", "application/json"))
        call.body = body
        try check(try await response(to: call), of: call)
    }

    private func check(_ answer: HTTPResponse, of call: HTTPRequest) throws(UpstreamError) {
        guard (200...299).contains(answer.status) else {
            let said = (try? JSONTree(answer.body).root).flatMap(Self.complaint)
            throw call.failure(.init(status: answer.status), cause: said)
        }
        if answer.looksLikeHTML { throw call.failure(.html, cause: "a web page came instead; check the URL") }
    }

    /// Whether this is the program it should be, with a good key.
    private func vouch() async throws(UpstreamError) { _ = try await status() }
}
