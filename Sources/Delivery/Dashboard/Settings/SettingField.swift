public import HTML

/// One setting in a form: its control, what it means, and where its value comes from.
public struct SettingField: Component, Sendable {
    /// What is known of the setting.
    public struct Model: Sendable {
        /// Who sets what cannot be changed here.
        public enum Master: Sendable { case environment, process }

        /// The name of the control: `url`, `log_level`.
        public var key: String
        /// What it means, in a phrase.
        public var meaning: String
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
        /// Who sets it; nil where it can be changed here.
        public var master: Master?
        /// What is wrong with what was entered.
        public var trouble: String?

        public init(key: String, meaning: String, variable: String) {
            self.key = key
            self.meaning = meaning
            self.variable = variable
        }

        var isFixed: Bool { master != nil }
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
            label {
                span { caption }
                control
            }
            small(.id(name + "-note")) { note }
            if let trouble = model.trouble {
                small(.class("bad-text"), .id(name + "-trouble"), .role("alert")) { trouble }
            }
        }
    }

    /// A service's settings have names of their own; Marquee's are told by what they mean.
    private var caption: String {
        if model.variable.hasPrefix("MARQUEE_") { return sentence }
        switch model.key {
        case "url": return page[.fieldURL]
        case "public_base_url": return page[.fieldPublicURL]
        case "api_key": return page[.fieldAPIKey]
        case "username": return page[.fieldUserName]
        case "password": return page[.fieldPassword]
        case "variant": return page[.fieldVariant]
        default: return sentence
        }
    }

    private var sentence: String {
        let plain = model.meaning.split(separator: "`").joined()
        return plain.prefix(1).uppercased() + plain.dropFirst()
    }

    private var described: String { name + (model.trouble == nil ? "-note" : "-note \(name)-trouble") }

    @MarkupBuilder private var control: Markup {
        if model.isFixed {
            input(
                .type("text"), .value(model.isSecret ? "" : model.value ?? model.fallback ?? ""),
                .flag("disabled"), .aria("describedby", described))
        } else if model.isSecret {
            input(
                .type("password"), .name(model.key), .named("autocomplete", "new-password"),
                .aria("describedby", described), .aria("invalid", model.trouble == nil ? nil : "true"))
        } else if model.choices.isEmpty {
            input(
                .type("text"), .name(model.key), .value(model.value ?? ""),
                .named("placeholder", model.fallback), .named("autocomplete", "off"), .named("spellcheck", "false"),
                .named("autocapitalize", "none"),
                .aria("describedby", described), .aria("invalid", model.trouble == nil ? nil : "true"))
        } else {
            select(.name(model.key), .aria("describedby", described)) {
                option(.value("")) { page[.settingDefault, ["value": model.fallback ?? "–"]] }
                for choice in model.choices {
                    option(.value(choice), .flag("selected", choice == model.value)) { choice }
                }
            }
        }
    }

    @MarkupBuilder private var note: Markup {
        if let master = model.master {
            page[
                master == .environment ? .settingFixedEnvironment : .settingFixedProcess, ["name": model.variable]]
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
