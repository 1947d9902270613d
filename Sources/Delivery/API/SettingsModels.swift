import Administration
import Dashboard
import Media
import Settings

/// What was entered in a form and has not been saved: shown again with what is wrong.
struct EnteredSettings: Sendable {
    /// The section, or the area of Marquee's own settings.
    var scope: String
    var instance = ServiceInstance.defaultName
    /// By key; never a secret.
    var values: [String: String]
    /// By key.
    var troubles: [String: String] = [:]
    var result: SettingsOutcome?
}

extension API {
    /// The cards of the services, with what was entered in one of them.
    func serviceCards(
        adding: String? = nil, entered: EnteredSettings? = nil
    ) async throws -> [ServiceSettingsCard.Model] {
        var cards: [ServiceSettingsCard.Model] = []
        for service in UpstreamService.allCases {
            let section = SettingSection.service(service)
            var card = ServiceSettingsCard.Model(service: service.rawValue, title: service.title)
            let mine = entered?.scope == service.rawValue ? entered : nil
            var groups = try await settings.desk.groups(of: section)
            let isNew = mine.map { entered in !groups.contains { $0.instance == entered.instance } } ?? false
            if isNew, let mine { groups.append(SettingGroup(new: mine.instance, of: section)) }
            card.instances = groups.map { instance($0, of: service, mine) }
            if adding == service.rawValue, !isNew {
                var fresh = instance(SettingGroup(new: "new", of: section), of: service, nil)
                fresh.name = ""
                card.instances.append(fresh)
            }
            cards.append(card)
        }
        return cards
    }

    private func instance(
        _ group: SettingGroup, of service: UpstreamService, _ entered: EnteredSettings?
    ) -> ServiceSettingsCard.Instance {
        let mine = entered?.instance == group.instance ? entered : nil
        var shown = ServiceSettingsCard.Instance(name: group.instance)
        let order = ["url", "api_key", "username", "password", "public_base_url", "variant"]
        shown.fields = order.compactMap { group[$0] }.map { field($0, mine) }
        shown.canRemove = group.settings.contains { $0.savedAt != nil }
        shown.result = mine?.result
        let entry = board.entries.first { $0.service == service.rawValue && $0.instance == group.instance }
        guard let entry, let isReachable = entry.isReachable else { return shown }
        shown.isReachable = isReachable
        shown.state = isReachable ? entry.version.map { "\(service.title) \($0)" } ?? service.title : entry.error
        return shown
    }

    /// Marquee's own settings by area, those that can be changed here first.
    func settingGroups(entered: EnteredSettings? = nil) async throws -> [SettingsGroup.Model] {
        let all = try await settings.desk.groups(of: .marquee).first?.settings ?? []
        let areas = ["tracking", "library-sync", "deletion", "security", "operations", "api"]
        return areas.compactMap { area in
            let mine = entered?.scope == area ? entered : nil
            let settings = all.filter { ($0.owner == area || !areas.contains($0.owner) && area == "operations") }
            let fields = (settings.filter(\.isEditable) + settings.filter { !$0.isEditable })
                .map { field($0, mine) }
            return fields.isEmpty ? nil : SettingsGroup.Model(name: area, fields: fields)
        }
    }

    private func field(
        _ setting: SettingState, _ entered: EnteredSettings?
    ) -> SettingField.Model {
        var field = SettingField.Model(key: setting.key, meaning: setting.meaning, variable: setting.name)
        field.isSecret = setting.isSecret
        field.isSet = setting.isSet
        field.savedAt = setting.savedAt?.milliseconds
        field.choices = setting.choices
        field.value = setting.isSecret ? nil : entered?.values[setting.key] ?? setting.value
        field.fallback = setting.fallback.split(separator: "`").joined()
        field.trouble = entered?.troubles[setting.key]
        if !setting.isEditable { field.master = setting.source == .environment ? .environment : .process }
        return field
    }
}
