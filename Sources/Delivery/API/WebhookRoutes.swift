import Database
import HTTPServer
import JSONStream
import Media
import Observability
import Shapes
import Store
import Tracking

extension API {
    func addWebhooks(to routes: inout RouteTable) {
        for name in HookService.names {
            guard let service = HookService(name: name) else { continue }
            routes.post("hooks", .literal(name), permission: .hook, doc: .hook(name), bodyLimit: service.bodyLimit) {
                request in
                try await receive(service, instance: "default", request)
            }
            routes.post(
                "hooks", .literal(name), .named("instance"), permission: .hook, doc: .hook(name, ofInstance: true),
                bodyLimit: service.bodyLimit
            ) {
                let instance = $0.parameters["instance"]?.lowercased() ?? ""
                guard isInstanceName(instance) else { throw Problem.notFound("hook") }
                return try await receive(service, instance: instance, $0)
            }
            routes.post(
                "hooks", .literal(name), .named("instance"), "secret", permission: .admin, doc: .hookSecret(name)
            ) {
                try await makeSecret(service, $0)
            }
        }
        routes.post("hooks", .named("service"), permission: .hook, doc: .nowhere) { request in
            throw Problem.notFound("service \(request.parameters["service"] ?? "")")
        }
        routes.get("hooks", permission: .admin, doc: .listHooks) { request in
            let (summary, secrets) = try await store.read { (try $0.inboxSummary(), try $0.hookSecrets()) }
            let shape = HookListShape(
                known: board.entries, summary: summary, secrets: secrets, hasOneForAll: hookSecrets.isConfigured,
                base: ownAddress(request))
            return .conditional(shape.jsonBytes, request)
        }
        routes.get("api", "inbox", permission: .operate(), doc: .listInbox) { request in try await inbox(request) }
        routes.post("api", "inbox", .id, "replay", permission: .operate(), doc: .replayInbox) { request in
            let id = try request.id("inbox entry")
            guard let receipt = try await tracking.replay(id) else {
                throw Problem.notFound("body of inbox entry \(id)")
            }
            if try Parameters(request).isForm && !request.prefersAsync { return seeOther("/status") }
            return Response.json(HookReceiptShape(receipt).jsonBytes).secured
        }
    }

    /// 202 only once it is durable; 400 for what is no JSON; 503 while the disk has no reserve (operations.md §2).
    private func receive(_ service: HookService, instance: String, _ request: Request) async throws -> Response {
        if board.unreadiness == HealthBoard.diskFull {
            throw Problem(
                503, HealthBoard.diskFull, "The disk is nearly full: webhooks are taken again after space is freed.")
        }
        do {
            let body = log.sink.redacted(json: request.body)  // what is stored, and all that follows from it
            let receipt = try await tracking.receive(service, instance: instance, body: body)
            return Response.json(HookReceiptShape(receipt).jsonBytes, status: 202).secured
        } catch let unreadable as UnreadableHook {
            throw Problem(400, "not_json", unreadable.description)
        }
    }

    /// Where this caller reaches Marquee, and other programs may too.
    private func ownAddress(_ request: Request) -> String {
        access.forwarding.origin(request) + basePath
    }

    private func makeSecret(_ service: HookService, _ request: Request) async throws -> Response {
        let instance = request.parameters["instance"]?.lowercased() ?? ""
        let secret = try await newHookSecret(service, instance, request)
        let shape = NewHookSecretShape(
            hook: HookAddress(service: service.rawValue, instance: instance, base: ownAddress(request)), secret: secret)
        return Response.json(shape.jsonBytes, status: 201).secured
    }

    /// A new secret, told this once; the old one stays valid until the new one is first heard.
    func newHookSecret(_ service: HookService, _ instance: String, _ request: Request) async throws -> String {
        guard isInstanceName(instance) else { throw Problem.notFound("hook") }
        guard !hookSecrets.isConfigured else {
            throw Problem(409, "secret_configured", "MARQUEE_WEBHOOK_TOKEN sets the secret of all webhooks.")
        }
        let secret = try await hookSecrets.make(service, instance)
        let (who, address) = (request.callerName, access.forwarding.client(request))
        try await store.write { tx in
            try tx.record(
                AuditEntry(
                    at: tx.now, who: who, address: address, action: "hook_secret_made",
                    object: "\(service.rawValue)/\(instance)"))
        }
        log.info(
            "hook_secret_made", "A new webhook secret was made",
            ["service": .string(service.rawValue), "instance": .string(instance), "by": .string(who)])
        return secret
    }

    private func isInstanceName(_ name: String) -> Bool {
        !name.isEmpty && name.utf8.count <= 32
            && name.utf8.allSatisfy { ($0 >= 97 && $0 <= 122) || ($0 >= 48 && $0 <= 57) || $0 == 45 || $0 == 95 }
    }

    private func inbox(_ request: Request) async throws -> Response {
        let parameters = try Parameters(request)
        let outcome = try parameters.choice("outcome", InboxOutcome.self)
        let limit = try parameters.limit()
        let before = try parameters.integer("after")
        var (entries, total) = try await store.read { reader in
            (try reader.inbox(outcome, before: before, limit: limit + 1), try reader.inboxCount(outcome))
        }
        let hasMore = entries.count > limit
        if hasMore { entries.removeLast() }
        let list = ListShape(
            "inbox", entries.map(InboxEntryShape.init), next: hasMore ? entries.last.map { String($0.id) } : nil,
            total: min(total, Reader.inboxCountLimit), totalIsMinimum: total > Reader.inboxCountLimit)
        return .conditional(list.jsonBytes, request)
    }
}
