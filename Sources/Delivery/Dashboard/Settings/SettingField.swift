public import HTML

/// One setting in a form: its control, what it means, and where its value comes from.
public struct SettingField: Component, Sendable {
    /// What is known of the setting.
    public struct Model: Sendable {
        /// The name of the control.
        public var key: String
        public var label: String
        /// The environment variable.
        public var variable: String
        /// What holds; never a secret.
        public var value: String?
        public var isSecret = false
        public var isSet = false
        /// When a secret was stored; Unix milliseconds.
        public var savedAt: Int64?
        /// The values there are to choose from; empty for free text.
        public var choices: [String] = []
        /// What holds while nothing is set.
        public var fallback: String?
        /// Why it cannot be changed here; nil where it can.
        public var fixedBy: String?
        /// What is wrong with what was entered.
        public var trouble: String?

        public init(key: String, label: String, variable: String) {
            self.key = key
            self.label = label
            self.variable = variable
        }
    }

    let model: Model
    /// Makes the ids of several forms of one page differ.
    let scope: String
    let page: PageContext

    init(_ model: Model, scope: String, _ page: PageContext) {
        self.model = model
        self.scope = scope
        self.page = page
    }

    private var name: String { "\(scope)-\(model.key)" }

    public var body: Markup {
        div(.class("field setting")) {
            label(.for(name)) { model.label }
            control
            small(.id(name + "-note")) { note }
            if let trouble = model.trouble {
                small(.class("bad-text"), .id(name + "-trouble"), .role("alert")) { trouble }
            }
        }
    }

    private var described: String { name + (model.trouble == nil ? "-note" : "-note \(name)-trouble") }

    @MarkupBuilder private var control: Markup {
        if model.fixedBy != nil {
            input(
                .id(name), .type("text"), .value(model.isSecret ? "" : model.value ?? model.fallback ?? ""),
                .flag("disabled"), .aria("describedby", described))
        } else if model.isSecret {
            input(
                .id(name), .type("password"), .name(model.key), .named("autocomplete", "new-password"),
                .aria("describedby", described), .aria("invalid", model.trouble == nil ? nil : "true"))
        } else if model.choices.isEmpty {
            input(
                .id(name), .type("text"), .name(model.key), .value(model.value ?? ""),
                .named("placeholder", model.fallback), .named("autocomplete", "off"), .named("spellcheck", "false"),
                .named("autocapitalize", "none"),
                .aria("describedby", described), .aria("invalid", model.trouble == nil ? nil : "true"))
        } else {
            select(.id(name), .name(model.key), .aria("describedby", described)) {
                option(.value("")) { page[.settingDefault, ["value": model.fallback ?? "–"]] }
                for choice in model.choices {
                    option(.value(choice), .flag("selected", choice == model.value)) { choice }
                }
            }
        }
    }

    @MarkupBuilder private var note: Markup {
        if let fixedBy = model.fixedBy {
            fixedBy
        } else if model.isSecret, model.isSet {
            if let savedAt = model.savedAt {
                page[.settingSecretSetOn] + " "
                Moment(savedAt)
            } else {
                page[.settingSecretSet]
            }
        } else {
            code { model.variable }
        }
    }
}
