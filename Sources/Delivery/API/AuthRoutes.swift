import Accounts
import Dashboard
import HTML
import HTTPServer
import Shapes

extension API {
    func addAuth(to routes: inout RouteTable) {
        routes.get("login", permission: .open, doc: .page) { request in
            let next = Self.safePath(request.query.first("next"))
            // Who is trusted for being on this machine may still want to be somebody.
            if case .session? = request.caller?.proof { return seeOther(next) }
            return try await loginPage(LoginPage.Model(next: next), request)
        }
        routes.post("api", "auth", "login", permission: .open, doc: .logIn) { try await logIn($0) }
        routes.post("api", "auth", "logout", permission: .open, doc: .logOut) { request in
            if let caller = request.caller {
                try await accounts.logOut(caller, address: access.forwarding.client(request))
            }
            var response = try Parameters(request).isForm ? seeOther("/login") : Response(204).secured
            response.headers.append(("Set-Cookie", emptyCookie(request).field))
            return response
        }
        routes.get("api", "auth", "session", permission: .open, doc: .getSession) { request in
            Response.json(sessionShape(request.caller).jsonBytes).secured
        }
    }

    private func sessionShape(_ caller: Caller?) -> SessionShape {
        var token: String?
        if case .session(let session)? = caller?.proof { token = FormToken.make(session.formSecret) }
        return SessionShape(name: caller?.name, id: caller?.user, role: caller?.role, formToken: token)
    }

    private func logIn(_ request: Request) async throws -> Response {
        for name in ["username", "password", "pw"] where request.query.first(name) != nil {
            throw Problem(
                400, "credentials_in_url", "Name and password belong in the body; in an address they would be logged.")
        }
        if requiresHTTPS && !isSecure(request) {
            throw Problem(403, "https_required", "MARQUEE_REQUIRE_HTTPS is set: sign in through the HTTPS address.")
        }
        let parameters = try Parameters(request)
        let next = Self.safePath(parameters.text("next"))
        let place = LoginPlace(address: access.forwarding.client(request), agent: request.headers["User-Agent"] ?? "")
        do {
            if let code = parameters.text("code") {
                let (caller, token) = try await accounts.setUp(code: code, at: place)
                return try signedIn(caller, token, to: "/settings", parameters, request)
            }
            guard let name = parameters.text("username") else { throw Problem.invalid("username", "is missing") }
            guard let password = parameters.text("password") else { throw Problem.invalid("password", "is missing") }
            let (caller, token) = try await accounts.logIn(name: name, password: password, at: place)
            return try signedIn(caller, token, to: next, parameters, request)
        } catch {
            let refusal = loginProblem(error, isCode: parameters.text("code") != nil, request)
            guard parameters.isForm else { throw refusal }
            let model = LoginPage.Model(next: next, name: parameters.text("username"), trouble: refusal.detail)
            return try await loginPage(model, request, status: refusal.status, refusal.headers)
        }
    }

    private func signedIn(
        _ caller: Caller, _ token: String, to next: String, _ parameters: Parameters, _ request: Request
    ) throws -> Response {
        var response = parameters.isForm ? seeOther(next) : Response.json(sessionShape(caller).jsonBytes).secured
        response.headers.append(("Set-Cookie", cookie(token, request).field))
        return response
    }

    /// One sentence for a wrong password and for an unknown name: nobody learns which names exist.
    private func loginProblem(_ error: any Error, isCode: Bool, _ request: Request) -> Problem {
        guard let refusal = error as? LoginRefusal else { return problem(error, request) }
        switch refusal {
        case .wrong where isCode: return Problem(401, "login_refused", "The code is not right, or has been used.")
        case .wrong: return Problem(401, "login_refused", "Name or password is not right.")
        case .tooMany(let wait):
            let seconds = max(1, wait.components.seconds + 1)
            let minutes = (seconds + 59) / 60
            var problem = Problem(
                429, "too_many_tries", "Too many tries. The next is possible in \(minutes) min.")
            problem.headers = [("Retry-After", String(seconds))]
            return problem
        case .unreachable:
            var problem = Problem(503, "upstream_unreachable", "Jellyfin is not answering, so nobody can sign in now.")
            problem.service = "jellyfin"
            return problem
        case .notConfigured:
            // 404: there is no such way in (security.md §11).
            return Problem(
                404, "not_configured",
                "No Jellyfin is configured, so nobody can sign in yet: enter the set-up code from Marquee's log.")
        }
    }

    private func loginPage(
        _ model: LoginPage.Model, _ request: Request, status: Int = 200, _ headers: [(String, String)] = []
    ) async throws -> Response {
        var model = model
        model.asksForCode = try await accounts.offersSetUp()
        var response = Response.html(LoginPage(model, context(request)).whole.bytes, status: status)
        response.headers += headers
        return response.secured
    }

    /// Where to go after a login: a path of our own, else the start (security.md §5).
    static func safePath(_ text: String?) -> String {
        guard let text, text.hasPrefix("/"), !text.hasPrefix("//") else { return "/" }
        let isPlain = text.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x7F && $0 != "\\" }
        return isPlain ? text : "/"
    }
}
