import Accounts
import Dashboard
import HTTPServer
import Media
import Settings
import Store
import Tracking

/// Who is let in to what: the one place that decides it (security.md §4).
extension API {
    /// Finds out who makes a request, and whether the route is for them.
    ///
    /// 401 comes before 403, and both before anything that would tell what exists. A session's old token is replaced only
    /// where `mayRenew` says that the answer reaches the browser, or the new one would be lost.
    /// - Returns: the refusal; nil lets the request go on, with its caller noted.
    func admit(_ permission: Permission, _ request: inout Request, mayRenew: Bool = true) async -> Response? {
        do {
            if permission == .hook {
                if try await access.isSender(request) { return nil }
                return try await hasHookKey(request) ? nil : refuse(asSender: request)
            }
            let caller: Caller?
            do {
                caller = try await identify(request, permission)
            } catch  where permission == .open && !request.changesThings {
                caller = nil  // who may do without a caller waits neither for the database nor for Jellyfin
            }
            request.identity = caller.map(accounts.seeing)
            try check(caller, permission, &request)
            // Open answers may be kept by caches between us and the browser; a cookie must not.
            if mayRenew && permission != .open { try await renew(caller, &request) }
            return nil
        } catch is NotSignedIn {
            return refuse(unknown: request)
        } catch {
            return answer(problem(error, request), request)
        }
    }

    /// The caller by what they show; nil when they show nothing and being here is not enough.
    ///
    /// Whoever shows something is judged by it alone: a wrong key is no anonymous visitor.
    private func identify(_ request: Request, _ permission: Permission) async throws -> Caller? {
        if let name = access.caller(request) { return Caller(name: name, role: .admin, proof: .machine) }
        if let bearer = access.bearer(request) {
            if let caller = try await accounts.caller(key: bearer) { return caller }
            if permission == .open { return nil }
            throw NotSignedIn()
        }
        if let token = request.headers["X-Jellyfin-Token"], !token.isEmpty {
            if let caller = try await caller(jellyfinToken: token) { return caller }
            throw NotSignedIn()
        }
        if let token = sessionToken(request) {
            if let caller = try await accounts.caller(session: token) { return caller }
        }
        guard try await isTrustedForBeingHere() else { return nil }
        let here = Caller(name: "This machine", role: .admin, proof: .machine)
        if permission == .open { return (try? access.checkOrigin(request)) == nil ? nil : here }
        try access.checkOrigin(request)
        return here
    }

    /// A key with the scope `hook:<service>` stands for the secret of that service's instances.
    private func hasHookKey(_ request: Request) async throws -> Bool {
        guard let bearer = access.bearer(request), request.segments.count > 1,
            let service = HookService(name: request.segments[1]),
            case .key(let scopes)? = try await accounts.caller(key: bearer)?.proof
        else { return false }
        return scopes.contains("hook:\(service.rawValue)")
    }

    private func caller(jellyfinToken token: String) async throws -> Caller? {
        do {
            return try await accounts.caller(jellyfinToken: token)
        } catch TokenTrouble.isKey {
            throw Problem(400, "no_user", "This is a key of Jellyfin's, which belongs to no user; send a user's token.")
        } catch TokenTrouble.unreachable {
            throw Problem(503, "upstream_unreachable", "Jellyfin does not answer, so this token cannot be checked now.")
        } catch TokenTrouble.notConfigured {
            throw Problem(503, "not_configured", "No Jellyfin is configured that could check this token.")
        }
    }

    /// Before any admin has signed in, and without an admin token, who is on this machine is trusted (security.md §2).
    func isTrustedForBeingHere() async throws -> Bool {
        guard access.mayTrustThisMachine else { return false }
        return try await !accounts.hasSignedInAdmin()
    }

    private func check(_ caller: Caller?, _ permission: Permission, _ request: inout Request) throws {
        if permission == .open {
            if request.changesThings { try checkForms(caller, &request) }
            return
        }
        if permission == .metrics && access.mayReadMetrics(request) { return }
        guard let caller else { throw NotSignedIn() }
        guard caller.may(permission, changing: request.changesThings) else {
            throw Problem(403, "forbidden", "\(caller.name) may not do this.")
        }
        if caller.isSettingUp && !Self.isOfSetUp(request) {
            throw Problem(
                403, "set_up_only",
                "The set-up code opens the settings of the services only; add Jellyfin, then sign in.")
        }
        if request.changesThings { try checkForms(caller, &request) }
        guard case .session(let session) = caller.proof else { return }
        if permission == .admin && request.changesThings
            && session.signedInAt.advanced(by: .seconds(12 * 3_600)) <= now()
        {
            throw Problem(
                403, "login_too_old", "For this the sign-in must be younger than 12 hours: sign out, and in again.")
        }
    }

    /// What the set-up code opens: Settings → Services (security.md §2).
    private static func isOfSetUp(_ request: Request) -> Bool {
        var path = request.segments[...]
        if path.first == "api" { path = path.dropFirst() }
        guard path.first == "settings" else { return false }
        if path.count == 1 { return path.count == request.segments.count }
        if case .service? = SettingSection(name: path[path.startIndex + 1]) { return true }
        return false
    }

    private func renew(_ caller: Caller?, _ request: inout Request) async throws {
        guard case .session(let session)? = caller?.proof, session.isRenewalDue, let old = sessionToken(request) else {
            return
        }
        guard let token = try await accounts.renew(session, from: old) else { return }
        request.answerHeaders.append(("Set-Cookie", cookie(token, request).field))
    }

    /// A browser that shows a session may have been sent here by another page (security.md §5).
    private func checkForms(_ caller: Caller?, _ request: inout Request) throws {
        // Only what a page cannot make a browser send is above suspicion; a proxy's Basic password is not.
        switch caller?.proof {
        case .key, .jellyfinToken: return
        case .machine where access.bearer(request) != nil: return
        case .machine, .session, nil: break
        }
        if let origin = request.headers["Origin"], origin != access.forwarding.origin(request) {
            throw Problem(403, "foreign_origin", "This request comes from a page of another origin.")
        }
        if let site = request.headers["Sec-Fetch-Site"], site != "same-origin" && site != "none" {
            throw Problem(403, "foreign_origin", "This request comes from another site.")
        }
        guard case .session(let session)? = caller?.proof else { return }
        if let token = request.headers["X-CSRF-Token"] {
            guard FormToken.isGood(token, for: session.formSecret) else { throw Self.badFormToken }
            return
        }
        request.bodyCheck = { [self] request in
            do {
                let token = try Parameters(request).text("csrf") ?? ""
                if FormToken.isGood(token, for: session.formSecret) { return nil }
                throw Self.badFormToken
            } catch {
                return answer(problem(error, request), request)
            }
        }
    }

    private static let badFormToken = Problem(
        403, "csrf", "The form is too old or does not come from this page: load the page again and repeat.")

    // MARK: Refusals

    private func refuse(asSender request: Request) -> Response {
        var problem = Problem(
            401, "unauthenticated",
            "Send this webhook's secret as X-Marquee-Token; `marquee hooks secret` makes one.")
        problem.headers = [("WWW-Authenticate", "Bearer")]
        return answer(problem, request)
    }

    /// A person is led to the login, a program told what to send.
    private func refuse(unknown request: Request) -> Response {
        let isPage =
            request.method == "GET" && (request.headers["Accept"]?.contains("text/html") ?? false)
            && !request.path.hasPrefix(basePath + "/api") && !request.path.hasPrefix(basePath + "/images")
        if isPage && (accounts.canSignIn || accounts.setUpCode.isWaiting) {
            return Response(303, headers: [("Location", loginPath(next: request))], body: .bytes([])).secured
        }
        var problem = Problem(
            401, "unauthenticated", "Sign in, or send Authorization: Bearer with an API key or MARQUEE_ADMIN_TOKEN.")
        problem.headers = [("WWW-Authenticate", "Bearer")]
        return answer(problem, request)
    }

    private func loginPath(next request: Request) -> String {
        let page = PageContext(basePath: basePath)
        let below = PageContext().url(
            String(request.path.dropFirst(basePath.utf8.count)), request.query.parameters.map { ($0.name, $0.value) })
        return page.url("/login", below == "/" ? [] : [("next", below)])
    }
}

/// Nobody is known to make this request.
private struct NotSignedIn: Error {}

extension Request {
    /// GET, HEAD and OPTIONS change nothing.
    var changesThings: Bool { !["GET", "HEAD", "OPTIONS"].contains(method) }

    /// Who makes the request; nil on open routes, and before anybody asked.
    var caller: Caller? { identity as? Caller }

    /// The name under which the caller's doings are recorded.
    var callerName: String { caller?.name ?? "This machine" }
}

extension Caller {
    /// Whether the route's permission covers this caller (api.md §1).
    func may(_ permission: Permission, changing: Bool) -> Bool {
        if isSettingUp { return permission == .admin || permission == .open }
        guard hasScope(for: permission, changing: changing) else { return false }
        switch permission {
        case .open: return true
        case .user: return role != .readonly || !changing
        case .operate(let reads): return role == .admin || (reads && !changing && role == .readonly)
        case .admin: return role == .admin
        case .metrics:
            if case .key(let scopes) = proof { return scopes.contains("metrics") || scopes.contains("admin") }
            return role == .admin
        case .hook: return false
        }
    }

    private func hasScope(for permission: Permission, changing: Bool) -> Bool {
        guard case .key(let scopes) = proof else { return true }
        if scopes.contains("admin") { return true }
        switch permission {
        case .open: return true
        case .user: return scopes.contains("operate") || (!changing && scopes.contains("read"))
        case .operate(let reads):
            return scopes.contains("operate") || (reads && !changing && scopes.contains("read"))
        case .admin: return false
        case .metrics: return scopes.contains("metrics")
        case .hook: return false
        }
    }
}
