import HTTPClient
import JSONStream

extension Servarr {
    /// Bytes that one page or one title's episodes may have; a page of two hundred records has half a megabyte.
    private static let largestAnswer = 64 << 20

    /// Sends a call and reads its whole answer.
    ///
    /// - Throws: `UpstreamError`; for a refusal its cause is what the program says about it.
    func answer(to call: HTTPRequest) async throws(UpstreamError) -> JSONNode {
        var call = call
        call.maxBody = Self.largestAnswer
        let answer = try await response(to: call)
        if answer.looksLikeHTML && (200...299).contains(answer.status) {
            throw call.failure(.html, cause: "a web page came instead; check the URL")
        }
        let body = Result { () throws(JSONFailure) in try JSONTree(answer.body).root }
        guard (200...299).contains(answer.status) else {
            throw call.failure(.init(status: answer.status), cause: (try? body.get()).flatMap(Self.complaint))
        }
        switch body {
        case .success(let root): return root
        case .failure(.truncated): throw call.failure(.truncated)
        case .failure(let failure): throw call.failure(.undecodable(field: "JSON"), cause: "\(failure)")
        }
    }

    /// Sends a call, and once more to the URL base the program names.
    func response(to call: HTTPRequest) async throws(UpstreamError) -> HTTPResponse {
        let answer = try await transport.send(call)
        guard let moved = target(of: answer, call) else { return answer }
        var call = call
        call.url = moved
        return try await transport.send(call)
    }

    /// Where a command should have gone: a program with a URL base answers 307, which transports follow for GET only.
    private func target(of answer: HTTPResponse, _ call: HTTPRequest) -> String? {
        guard answer.status == 307 || answer.status == 308, let location = answer.headers["Location"],
            let scheme = call.url.firstRange(of: "://")
        else { return nil }
        let origin = call.url[..<(call.url[scheme.upperBound...].firstIndex(of: "/") ?? call.url.endIndex)]
        if location.hasPrefix("/") && !location.hasPrefix("//") { return origin + location }
        return location.hasPrefix(origin + "/") ? location : nil
    }

    /// What an error's body says: an array of validation failures, or one message.
    static func complaint(_ body: JSONNode) -> String? {
        let failures = body.elements.compactMap { $0["errorMessage"].filledText }
        let said = failures.isEmpty ? body["message"].filledText : failures.joined(separator: "; ")
        return said.map { StatusWords.shortened(withoutAddresses($0)) }
    }

    /// Addresses of indexers and clients carry keys in their queries.
    private static func withoutAddresses(_ text: String) -> String {
        text.split(separator: " ", omittingEmptySubsequences: false)
            .map { $0.contains("://") ? "(address)" : $0 }.joined(separator: " ")
    }
}
