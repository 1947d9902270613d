import HTTPClient

extension QBittorrent {
    /// Sends a call and hands out the head of its answer; logs in and repeats it, each once, where it is refused.
    ///
    /// - Parameters:
    ///   - call: what to ask.
    ///   - mayLogIn: whether a login may be tried although the last one was refused a while ago: for the poller only.
    ///     Five refusals in an hour are a ban, so until `loginPause` is over the refusal is told again.
    ///   - inNewSession: what to repeat in the new session, where that is another call.
    /// - Returns: an answer with a success and no web page.
    /// - Throws: `UpstreamError`; `.refusedAuth` says in its cause what was refused.
    func open(
        _ call: HTTPRequest, mayLogIn: Bool, inNewSession: HTTPRequest? = nil
    ) async throws(UpstreamError) -> HTTPStream {
        let answer = try await attempt(call)
        guard answer.status == 403, case .password(let user, let password) = credentials else {
            return try checked(answer, of: call)
        }
        answer.cancel()
        if let refusal, !mayLogIn || refusal.at + loginPause > .now { throw refusal.error }
        do {
            try await logIn(user, password)
            refusal = nil
        } catch {
            if error.reason == .refusedAuth { refusal = (error, .now) }
            throw error
        }
        let second = try await attempt(inNewSession ?? call)
        if second.status == 403 {
            second.cancel()
            throw call.failure(.refusedAuth, cause: "refused although the login succeeded; is the cookie kept?")
        }
        return try checked(second, of: call)
    }

    private func attempt(_ call: HTTPRequest) async throws(UpstreamError) -> HTTPStream {
        var call = call
        if case .apiKey(let key) = credentials {
            call.headers.append(("Authorization", "Bearer \(key)"))
        } else if let header = cookies.header {
            call.headers.append(("Cookie", header))
        }
        let answer = try await transport.stream(call)
        cookies.take(answer.headers)
        return answer
    }

    private func checked(_ answer: HTTPStream, of call: HTTPRequest) throws(UpstreamError) -> HTTPStream {
        if (200...299).contains(answer.status), !answer.looksLikeHTML { return answer }
        answer.cancel()
        switch (answer.status, credentials) {
        case (200...299, _): throw call.failure(.html, cause: "a web page came instead; check the URL")
        case (401, _): throw call.failure(.refusedAuth, cause: "its check of Host or Origin refuses this address")
        case (403, .apiKey): throw call.failure(.refusedAuth, cause: "wrong API key")
        case (403, .none): throw call.failure(.refusedAuth, cause: "it wants a login; set user and password")
        default: throw call.failure(.init(status: answer.status))
        }
    }

    /// Logs in once: 200 `Ok.` or `Fails.` up to 5.1, 204 or 401 from 5.2, 403 while banned.
    private func logIn(_ user: String, _ password: String) async throws(UpstreamError) {
        cookies.clear()
        // Another session knows nothing of what this one was told.
        session.forget()
        var call = request("POST", "auth", "login")
        call.setForm([("username", user), ("password", password)])
        let answer = try await transport.send(call)
        switch answer.status {
        case 200...299:
            if answer.looksLikeHTML { throw call.failure(.html, cause: "a web page came instead; check the URL") }
            let word = String(decoding: answer.body.prefix(16).filter { $0 > UInt8(ascii: " ") }, as: UTF8.self)
            switch word {
            case "Ok.", "": cookies.take(answer.headers)
            case "Fails.": throw call.failure(.refusedAuth, cause: "wrong user name or password")
            default: throw call.failure(.undecodable(field: "login"), cause: "this is not qBittorrent")
            }
        case 401: throw call.failure(.refusedAuth, cause: "wrong user name or password, or its Host check failed")
        case 403: throw call.failure(.refusedAuth, cause: "banned for a while after too many failed logins")
        default: throw call.failure(.init(status: answer.status))
        }
    }
}
