public import HTML

/// Settings of one area in a form.
public struct SettingsGroup: Component, Sendable {
    /// An area with its settings.
    public struct Model: Sendable {
        /// In addresses and forms: `tracking`.
        public var name: String
        public var fields: [SettingField.Model]

        public init(name: String, fields: [SettingField.Model]) {
            self.name = name
            self.fields = fields
        }
    }

    let model: Model
    let page: PageContext

    public init(_ model: Model, _ page: PageContext) {
        self.model = model
        self.page = page
    }

    public var body: Markup {
        section(.class("card"), .id(model.name), .aria("labelledby", "\(model.name)-title")) {
            h2(.id("\(model.name)-title")) { title }
            HTML.form(.class("settings-form"), .method("post"), .action(page.url("/settings/marquee"))) {
                if let token = page.csrfToken { input(.type("hidden"), .name("csrf"), .value(token)) }
                input(.type("hidden"), .name("group"), .value(model.name))
                div(.class("setting-grid")) {
                    for field in model.fields { SettingField(field, scope: model.name, page) }
                }
                if model.fields.contains(where: { !$0.isFixed }) {
                    div(.class("actions")) { ActionButton(.primary, page[.settingsSave]) }
                }
            }
        }
    }

    private var title: String {
        switch model.name {
        case "tracking": page[.settingsTracking]
        case "library-sync": page[.settingsLibrarySync]
        case "deletion": page[.settingsDeletion]
        case "security": page[.settingsSecurity]
        case "api": page[.settingsAPI]
        default: page[.settingsOperations]
        }
    }
}
