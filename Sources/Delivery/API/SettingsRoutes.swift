import Accounts
import Administration
import HTTPServer
import Media
import Settings
import Shapes

extension API {
    func addSettings(to routes: inout RouteTable) {
        routes.get("api", "settings", permission: .admin, doc: .listSettings) { request in
            var sections: [SettingsSectionShape] = []
            for section in SettingSection.all { sections.append(try await shape(of: section)) }
            return .conditional(
                ListShape("sections", sections, next: nil, total: Int64(sections.count)).jsonBytes, request)
        }
        routes.get("api", "settings", .named("section"), permission: .admin, doc: .getSettings) { request in
            .conditional(try await shape(of: section(request)).jsonBytes, request)
        }
        routes.put("api", "settings", .named("section"), permission: .admin, doc: .changeSettings) { request in
            let section = try section(request)
            let stored = try await settings.desk.storedNames()
            let changes = SettingChanges(section, json: request.body, stored: stored)
            let isUntested = try Parameters(request.query).flag("untested", default: false)
            try await save(changes, section, untested: isUntested, request)
            return Response.json(try await shape(of: section).jsonBytes).secured
        }
        routes.post("api", "settings", .named("section"), "test", permission: .admin, doc: .testService) { request in
            guard case .service(let service) = try section(request) else { throw Problem.notFound("such service") }
            let result = try await test(service, Parameters(request))
            return Response.json(ProbeShape(result).jsonBytes).secured
        }
    }

    func section(_ request: Request) throws -> SettingSection {
        let name = request.parameters["section"] ?? ""
        guard let section = SettingSection(name: name) else { throw Problem.notFound("settings of \(name)") }
        return section
    }

    private func shape(of section: SettingSection) async throws -> SettingsSectionShape {
        SettingsSectionShape(name: section.name, groups: try await settings.desk.groups(of: section))
    }

    // MARK: Saving

    /// Saves, after trying each service instance whose address or credentials change.
    ///
    /// - Throws: `Problem` 422 with the fields that cannot be, or with the instance that did not pass its test.
    func save(_ changes: SettingChanges, _ section: SettingSection, untested: Bool, _ request: Request) async throws {
        do {
            let changes = try await settings.desk.real(changes)
            if case .service(let service) = section, !untested {
                let planned = try await settings.desk.configuration(with: changes)
                for instance in planned.instances(of: service) where changes.reaches(instance.instance) {
                    try await prove(instance)
                }
            }
            try await settings.desk.save(
                changes, by: caller(of: request).name, address: access.forwarding.client(request))
        } catch let invalid as InvalidSettings {
            throw Problem(invalid)
        }
        await settings.whenSaved()
    }

    private func prove(_ instance: ServiceInstance) async throws {
        if settings.gate.hasPassed(instance, at: now()) { return }
        guard case .failed(_, let sentence) = try await tried(instance).outcome else { return }
        throw Problem(
            422, "test_failed",
            "\(instance.displayName) was not saved, because its test failed: \(sentence) Save it untested if you must.")
    }

    // MARK: Testing

    /// Tries what is entered, with what is stored for fields left empty.
    func test(_ service: UpstreamService, _ parameters: Parameters) async throws -> ProbeResult {
        let instance = parameters.text("instance") ?? ServiceInstance.defaultName
        let keys = SettingSection.service(service).facts().map {
            SettingSection.service(service).key(of: $0.name)
        }
        let fields = keys.compactMap { key in parameters.text(key).map { (key: key, text: $0) } }
        let changes = SettingChanges(.service(service), instance: instance, fields: fields)
        do {
            let changes = try await settings.desk.real(changes)
            let configuration = try await settings.desk.configuration(with: changes)
            guard let one = configuration.instances(of: service).first(where: { $0.instance == instance }) else {
                throw Problem.invalid("url", "is needed")
            }
            return try await tried(one)
        } catch let invalid as InvalidSettings {
            throw Problem(invalid)
        }
    }

    private func tried(_ instance: ServiceInstance) async throws -> ProbeResult {
        if let wait = settings.gate.wait(at: now()) {
            var problem = Problem(429, "too_many_tests", "Ten tests a minute are the most; wait \(wait) s.")
            problem.headers = [("Retry-After", String(wait))]
            throw problem
        }
        let result = await settings.probe.test(instance)
        if case .answered = result.outcome { settings.gate.remember(instance, at: now()) }
        return result
    }
}

extension Problem {
    init(_ invalid: InvalidSettings) {
        self.init(422, "invalid", "These settings cannot be saved.")
        detail =
            "These settings cannot be saved: "
            + invalid.problems.map { "\($0.key) \($0.sentence)" }.joined(separator: "; ") + "."
        fields = invalid.problems.map { ProblemShape.Field($0.key, $0.sentence) }
    }
}
