import Administration
import Dashboard
import HTTPClient
import HTTPServer
import Media
import Settings
import Shapes
import Store
import Tracking

// Installing Marquee's webhook in a service (web.md §3, Webhooks).

extension API {
    func addHookInstallation(to routes: inout RouteTable) {
        routes.post(
            "api", "settings", .named("section"), "install-webhook", permission: .admin, doc: .installWebhook
        ) { request in
            guard case .service(let service) = try section(request) else { throw Problem.notFound("such service") }
            let parameters = try Parameters(request)
            let order = try await hookOrder(service, parameters, request)
            let isDry = try parameters.flag("dry_run", default: false)
            let done = try await isDry ? planHook(order) : installHook(order, request)
            return Response.json(HookInstallationShape(order, done).jsonBytes).secured
        }
        routes.post("settings", "webhooks", "install", permission: .admin, doc: .page) { try await installPage($0) }
    }

    /// Shows the change first; the form that it comes with installs.
    private func installPage(_ request: Request) async throws -> Response {
        let parameters = try Parameters(request)
        guard let service = parameters.text("service").flatMap({ UpstreamService(rawValue: $0) }) else {
            throw Problem.notFound("such service")
        }
        let order = try await hookOrder(service, parameters, request)
        let isDry = parameters.text("do") != "install"
        let done = try await isDry ? planHook(order) : installHook(order, request)
        let cards = try await webhookCards(request).map { card in
            guard card.service == service.rawValue, card.instance == order.instance.instance else { return card }
            var card = card
            card.installation = WebhookCard.Installation(
                base: order.base, level: Self.level(done), sentence: done.sentence, changes: done.changes,
                isPlan: done.result == .planned)
            return card
        }
        return try await settingsPage(.webhooks(cards), request)
    }

    private static func level(_ done: HookInstallation) -> Notice.Level {
        switch done.result {
        case .planned: .info
        case .installed, .updated: done.isTested ? .good : .attention
        case .foreign: .attention
        case .refused: .bad
        }
    }

    private func hookOrder(
        _ service: UpstreamService, _ parameters: Parameters, _ request: Request
    ) async throws -> HookOrder {
        let name = try parameters.string("instance") ?? ServiceInstance.defaultName
        let configured = try await settings.desk.configuration().instances(of: service)
        guard let instance = configured.first(where: { $0.instance == name }) else {
            throw Problem.notFound("\(service.rawValue) instance \(name)")
        }
        guard let text = try parameters.string("url") else {
            return HookOrder(instance: instance, base: access.forwarding.origin(request) + basePath)
        }
        do {
            return HookOrder(instance: instance, base: try BaseURL(text).text)
        } catch {
            throw Problem.invalid("url", "is no address of Marquee: \(error)")
        }
    }

    /// As rare as tests of services are: a stolen session makes no port scanner out of a Sonarr either.
    private func pass() throws {
        guard let wait = settings.gate.wait(at: now()) else { return }
        var problem = Problem(429, "too_many_tests", "Ten tests a minute are the most; wait \(wait) s.")
        problem.headers = [("Retry-After", String(wait))]
        throw problem
    }

    private func planHook(_ order: HookOrder) async throws -> HookInstallation {
        try pass()
        return await settings.installer.plan(order)
    }

    private func installHook(_ order: HookOrder, _ request: Request) async throws -> HookInstallation {
        try pass()
        guard let service = HookService(name: order.instance.service.rawValue) else {
            throw Problem.notFound("such hook")
        }
        let (name, token) = (order.instance.instance, try await settings.desk.configuration().webhooks.token)
        let started = now()
        let ear = HookInstaller.Ear {
            if let token { return token }
            return try await newHookSecret(service, name, request)
        } hasHeard: { secret in
            try await hookSecrets.hasHeard(secret, service, name, since: started)
        }
        let done = try await settings.installer.install(order, ear)
        guard done.result == .installed || done.result == .updated else { return done }
        let (who, address) = (request.callerName, access.forwarding.client(request))
        try await store.write { tx in
            try tx.record(
                AuditEntry(
                    at: tx.now, who: who, address: address, action: "hook_\(done.result.rawValue)",
                    object: "\(service.rawValue)/\(name)", after: order.url))
        }
        return done
    }
}
