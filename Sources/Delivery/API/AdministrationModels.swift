import Accounts
import Administration
import Dashboard
import Database
import HTTPServer
import Media
import Settings
import Store
import Tracking

// Keys, users, webhooks and the log, as the Settings page shows them.

extension API {
    func keysModel() async throws -> KeysTab.Model {
        let keys = try await store.read { try $0.apiKeys() }
        var model = KeysTab.Model()
        model.scopes = Accounts.scopes
        model.keys = keys.map { key in
            var shown = KeysTab.Key(
                id: key.id, name: key.name, scopes: key.scopes, createdAt: key.createdAt.milliseconds)
            shown.owner = key.owner
            shown.expiresAt = key.expiresAt?.milliseconds
            shown.usedAt = key.usedAt?.milliseconds
            shown.revokedAt = key.revokedAt?.milliseconds
            return shown
        }
        return model
    }

    /// The answer shows the key itself: the only time.
    func makeKeyFromPage(_ request: Request) async throws -> Response {
        let parameters = try Parameters(request)
        do {
            let expiry = try parameters.text("expires_on").map { day in
                guard let time = Timestamp(rfc3339: "\(day)T23:59:59Z".utf8) else {
                    throw Problem.invalid("expires_on", "is no date")
                }
                return time
            }
            let (_, text) = try await accounts.createKey(
                name: parameters.text("name") ?? "", scopes: try parameters.list("scopes"), expiresAt: expiry,
                by: caller(of: request), address: access.forwarding.client(request))
            var model = try await keysModel()
            model.made = text
            return try await settingsPage(.keys(model), status: 201, request)
        } catch let invalid as InvalidKey {
            return try await refuseKey(invalid.message, parameters, request)
        } catch let problem as Problem {
            return try await refuseKey(problem.detail, parameters, request)
        }
    }

    private func refuseKey(_ why: String, _ parameters: Parameters, _ request: Request) async throws -> Response {
        var model = try await keysModel()
        model.name = parameters.text("name")
        return try await settingsPage(.keys(model), outcome: .refused(why), status: 422, request)
    }

    func userCards() async throws -> [UserCard.Model] {
        let found = try await store.read { reader in
            try reader.users().map { ($0, try reader.sessions(of: $0.id)) }
        }
        return found.map { user, sessions in
            var card = UserCard.Model(id: user.id, name: user.name, role: accounts.role(of: user).rawValue)
            card.isDisabled = user.isDisabled
            card.lastLogin = user.lastLoginAt?.milliseconds
            card.sessions = sessions.map {
                UserCard.Session(address: $0.address, agent: $0.agent, usedAt: $0.usedAt.milliseconds)
            }
            return card
        }
    }

    func changeUser(_ request: Request) async throws -> Response {
        let id = UserRecord.normal(request.parameters["id"] ?? "")
        let parameters = try Parameters(request)
        let found = try await store.read { try $0.user(id) }
        guard let user = found else { throw Problem.notFound("user \(id)") }
        let role = try parameters.choice("role", Role.self) ?? user.assignedRole
        guard role != .admin else { throw Problem.invalid("role", "must be user or readonly") }
        _ = try await accounts.assign(
            role, to: id, endingSessions: try parameters.flag("end_sessions", default: false),
            by: caller(of: request), address: access.forwarding.client(request))
        return seeOther("/settings/users?done=user")
    }

    func auditModel(_ parameters: Parameters) async throws -> AuditTab.Model {
        let (before, limit) = (try parameters.integer("after"), try parameters.limit())
        var entries = try await store.read { try $0.audit(before: before, limit: limit + 1) }
        let hasMore = entries.count > limit
        if hasMore { entries.removeLast() }
        let shown = entries.map { entry in
            var line = AuditTab.Entry(
                id: entry.id, at: entry.at.milliseconds, who: entry.who, action: entry.action)
            line.address = entry.address
            line.object = entry.object
            line.before = entry.before
            line.after = entry.after
            return line
        }
        return AuditTab.Model(entries: shown, next: hasMore ? entries.last.map { String($0.id) } : nil)
    }

    func aboutModel() async throws -> AboutTab.Model {
        let configuration = try await settings.desk.configuration()
        return AboutTab.Model(
            version: settings.version, database: configuration.databaseURL.description,
            dataDirectory: configuration.dataDirectory, configurationFile: configuration.configurationFile,
            warnings: configuration.warnings)
    }

    // MARK: Webhooks

    /// The senders of webhooks, and the secret `made` just now for one of them.
    func webhookCards(
        made: (service: String, instance: String, secret: String)? = nil, _ request: Request
    ) async throws -> [WebhookCard.Model] {
        let (summary, secrets) = try await store.read { (try $0.inboxSummary(), try $0.hookSecrets()) }
        let list = HookListShape(
            known: board.entries, summary: summary, secrets: secrets, hasOneForAll: hookSecrets.isConfigured,
            base: access.forwarding.origin(request) + basePath)
        return list.senders.map { sender in
            let title = UpstreamService(rawValue: sender.service)?.title ?? sender.service
            var card = WebhookCard.Model(
                service: sender.service, instance: sender.instance,
                title: sender.instance == "default" ? title : "\(title) \(sender.instance)",
                url: sender.address.url, header: sender.address.header)
            card.events = sender.events
            card.lastHeard = sender.heard.map(\.lastHeard).max()?.milliseconds
            card.accepted = sender.heard.map(\.count).reduce(0, +)
            card.secretMadeAt = sender.newest?.madeAt.milliseconds
            card.hasOneForAll = hookSecrets.isConfigured
            if let made, made.service == sender.service, made.instance == sender.instance {
                card.newSecret = made.secret
            }
            return card
        }
    }

    func makeHookSecret(_ request: Request) async throws -> Response {
        let parameters = try Parameters(request)
        guard let service = parameters.text("service").flatMap({ HookService(name: $0) }) else {
            throw Problem.notFound("such service")
        }
        let instance = parameters.text("instance") ?? "default"
        let secret = try await newHookSecret(service, instance, request)
        let cards = try await webhookCards(made: (service.rawValue, instance, secret), request)
        return try await settingsPage(.webhooks(cards), status: 201, request)
    }
}
