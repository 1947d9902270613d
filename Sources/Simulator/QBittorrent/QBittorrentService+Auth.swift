import FoundationEssentials

extension QBittorrentService {
    /// Who makes a call.
    struct Caller {
        /// A session's id, or the API key.
        var session: String?
        var usesKey = false
        /// Basic credentials begin a session.
        var newCookie: (name: String, value: String)?
    }

    /// Why a call is refused before anything is looked at.
    enum Refusal: Error {
        case crossSite, wrongKey, wrongBasic, banned

        var answer: Answer {
            switch self {
            case .crossSite: .crossSite
            case .wrongKey: .forbidden
            case .wrongBasic: .words("Unauthorized", status: 401)
            case .banned: .banned
            }
        }
    }

    func identify(_ call: Call) throws(Refusal) -> Caller {
        let check = OriginCheck(call: call, hosts: sessions.hosts)
        if check.isForeignHost { throw .crossSite }
        let authorization = (call.header("authorization") ?? "").split(separator: " ").map(String.init)
        if version.takesKeysAndBasic, authorization.count == 2, authorization[0].lowercased() == "bearer" {
            guard authorization[1] == sessions.apiKey else { throw .wrongKey }
            return Caller(session: sessions.apiKey, usesKey: true)
        }
        if check.isCrossSite { throw .crossSite }
        if let id = cookie(call), sessions.isOpen(id) { return Caller(session: id) }
        if version.takesKeysAndBasic, authorization.count == 2, authorization[0].lowercased() == "basic" {
            return try basic(authorization[1], call)
        }
        return Caller()
    }

    private func basic(_ encoded: String, _ call: Call) throws(Refusal) -> Caller {
        let pair = Data(base64Encoded: encoded).map { String(decoding: $0, as: UTF8.self) } ?? ""
        let parts = pair.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        do {
            let id = try sessions.logIn(parts.first ?? "", parts.count > 1 ? parts[1] : "", from: call.remoteAddress)
            return Caller(session: id, newCookie: setCookie(id))
        } catch .banned {
            throw .banned
        } catch {
            throw .wrongBasic
        }
    }

    /// `auth/login` and `auth/logout`.
    func authenticate(_ action: String, _ call: Call, _ caller: Caller) -> Answer {
        if caller.usesKey { return .forbidden }
        guard call.method == "POST" else { return .words("Method Not Allowed", status: 405) }
        switch action {
        case "login": return logIn(call, caller)
        case "logout":
            guard let session = caller.session else { return .forbidden }
            sessions.logOut(session)
            return .words("")
        default: return .noSuchCall
        }
    }

    private func logIn(_ call: Call, _ caller: Caller) -> Answer {
        // Whoever has a session gets no other one, whatever name and password say.
        if caller.session != nil { return loggedIn }
        do {
            let id = try sessions.logIn(
                call.parameter("username") ?? "", call.parameter("password") ?? "", from: call.remoteAddress)
            var answer = loggedIn
            answer.headers.append(setCookie(id))
            return answer
        } catch .banned {
            return .banned
        } catch {
            return version.answersLoginByStatus ? .words("Unauthorized", status: 401) : .words("Fails.")
        }
    }

    private var loggedIn: Answer { version.answersLoginByStatus ? Answer(204) : .words("Ok.") }

    private func setCookie(_ id: String) -> (name: String, value: String) {
        ("Set-Cookie", "\(version.cookie)=\(id); HttpOnly; SameSite=Strict; path=/")
    }

    private func cookie(_ call: Call) -> String? {
        (call.header("cookie") ?? "").split(separator: ";")
            .map { $0.drop { $0 == " " } }
            .first { $0.hasPrefix(version.cookie + "=") }
            .map { String($0.dropFirst(version.cookie.utf8.count + 1)) }
    }
}

extension Answer {
    static let banned = words(
        "Your IP address has been banned after too many failed authentication attempts.", status: 403)
}
