import Accounts
import Administration
import Dashboard
import HTML
import HTTPServer
import Media
import Settings
import Shapes
import Store

extension API {
    func addSettingsPages(to routes: inout RouteTable) {
        routes.get("settings", permission: .admin, doc: .page) { request in
            let cards = try await serviceCards(adding: request.query.first("add"))
            return try await settingsPage(.services(cards), outcome: saved(request), request)
        }
        routes.get("settings", "webhooks", permission: .admin, doc: .page) { request in
            try await settingsPage(.webhooks(try await webhookCards(request)), request)
        }
        routes.get("settings", "general", permission: .admin, doc: .page) { request in
            let groups = try await settingGroups()
            return try await settingsPage(.general(groups), outcome: saved(request), request)
        }
        routes.get("settings", "keys", permission: .admin, doc: .page) { request in
            try await settingsPage(.keys(try await keysModel()), request)
        }
        routes.get("settings", "users", permission: .admin, doc: .page) { request in
            try await settingsPage(.users(try await userCards()), outcome: saved(request), request)
        }
        routes.get("settings", "audit", permission: .admin, doc: .page) { request in
            try await settingsPage(.audit(try await auditModel(Parameters(request))), request)
        }
        routes.get("settings", "about", permission: .admin, doc: .page) { request in
            try await settingsPage(.about(try await aboutModel()), request)
        }
        routes.post("settings", .named("section"), permission: .admin, doc: .page) { try await change($0) }
        routes.post("settings", "webhooks", permission: .admin, doc: .page) { try await makeHookSecret($0) }
        routes.post("settings", "keys", permission: .admin, doc: .page) { try await makeKeyFromPage($0) }
        routes.post("settings", "keys", .id, "revoke", permission: .admin, doc: .page) { request in
            _ = try await accounts.revokeKey(
                try request.id("key"), by: caller(of: request), address: access.forwarding.client(request))
            return seeOther("/settings/keys")
        }
        routes.post("settings", "users", .id, permission: .admin, doc: .page) { try await changeUser($0) }
    }

    func settingsPage(
        _ content: SettingsPage.Content, outcome: SettingsOutcome? = nil, status: Int = 200, _ request: Request
    ) async throws -> Response {
        let page = context(request)
        var model = SettingsPage.Model(content, outcome: outcome)
        model.isSettingUp = page.isSettingUp
        let version = try await store.read { try $0.lastEventID() }
        let frame = try await frame(request, version: version)
        return Response.html(SettingsPage(model, page).whole(frame).bytes, status: status).secured
    }

    /// What the redirect after a form says.
    private func saved(_ request: Request) -> SettingsOutcome? {
        switch request.query.first("done") {
        case "saved": .saved
        case "removed": .removed
        case "user": .userSaved
        default: nil
        }
    }

    // MARK: Forms

    /// A form of the services or of the general settings; what cannot be saved comes back as it was entered.
    private func change(_ request: Request) async throws -> Response {
        let section = try section(request)
        let parameters = try Parameters(request)
        let instance = parameters.text("instance") ?? ServiceInstance.defaultName
        let fields = form(section, instance, parameters)
        let shown = fields.filter { !$0.isSecret }.map { ($0.key, $0.text) }
        var entered = EnteredSettings(
            scope: parameters.text("group") ?? section.name, instance: instance,
            values: Dictionary(shown, uniquingKeysWith: { $1 }))
        do {
            let action = parameters.text("do") ?? "save"
            if action == "test", case .service(let service) = section {
                entered.result = outcome(try await test(service, parameters))
                return try await answer(entered, section, status: 200, request)
            }
            let changes =
                action == "remove"
                ? SettingChanges(removing: instance, of: section, stored: try await settings.desk.storedNames())
                : SettingChanges(section, instance: instance, fields: fields.map { ($0.key, $0.text) })
            try await save(changes, section, untested: action != "save", request)
            let done = action == "remove" ? "removed" : "saved"
            return seeOther((section == .marquee ? "/settings/general" : "/settings") + "?done=" + done)
        } catch let problem as Problem where problem.status == 422 || problem.status == 429 {
            for field in problem.fields { entered.troubles[keyAlone(field.name, instance)] = field.message }
            entered.result = .refused(problem.detail)
            return try await answer(entered, section, status: problem.status, request)
        }
    }

    private func form(
        _ section: SettingSection, _ instance: String, _ parameters: Parameters
    ) -> [(key: String, text: String, isSecret: Bool)] {
        section.facts(instance: instance).compactMap { facts in
            let key = section.key(of: facts.name, instance: instance)
            return parameters.entered(key).map { (key, $0, facts.isSecret) }
        }
    }

    private func keyAlone(_ name: String, _ instance: String) -> String {
        name.hasPrefix(instance + ".") ? String(name.dropFirst(instance.count + 1)) : name
    }

    private func answer(
        _ entered: EnteredSettings, _ section: SettingSection, status: Int, _ request: Request
    ) async throws -> Response {
        if section == .marquee {
            let groups = try await settingGroups(entered: entered)
            return try await settingsPage(.general(groups), outcome: entered.result, status: status, request)
        }
        let cards = try await serviceCards(entered: entered)
        return try await settingsPage(.services(cards), status: status, request)
    }

    private func outcome(_ result: ProbeResult) -> SettingsOutcome {
        switch result.outcome {
        case .answered(let finding, let millis):
            .answers(application: finding.application, version: finding.version, millis: millis)
        case .failed(_, let sentence): .failed(sentence)
        }
    }
}
