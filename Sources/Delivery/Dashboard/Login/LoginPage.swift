public import HTML

/// Name and password of a Jellyfin account; one line says what is wrong, and never whether a name exists.
public struct LoginPage: Component, Sendable {
    /// The page's model.
    public struct Model: Sendable {
        /// Where to go afterwards: a path of our own.
        public var next: String
        /// As typed before.
        public var name: String?
        /// Why the last try was refused.
        public var trouble: String?
        /// Whether nobody can sign in yet, and the code from the log opens the set-up.
        public var asksForCode = false

        public init(next: String, name: String? = nil, trouble: String? = nil) {
            self.next = next
            self.name = name
            self.trouble = trouble
        }
    }

    let model: Model
    let page: PageContext

    public init(_ model: Model, _ page: PageContext) {
        self.model = model
        self.page = page
    }

    public var body: Markup {
        section(.class("login")) {
            h1 { page[.loginTitle] }
            p(.class("lead")) { page[model.asksForCode ? .loginCodeLead : .loginLead] }
            if let trouble = model.trouble {
                p(.class("notice attention"), .role("alert"), .id("login-trouble")) {
                    Icon.alert.markup
                    span { trouble }
                }
            }
            if model.asksForCode { codeForm } else { nameForm }
        }
    }

    private var nameForm: Markup {
        form(.method("post"), .action(page.url("/api/auth/login"))) {
            input(.type("hidden"), .name("next"), .value(model.next))
            label {
                span { page[.loginName] }
                input(
                    .type("text"), .name("username"), .value(model.name ?? ""), .flag("required"),
                    .named("autocomplete", "username"), .named("autocapitalize", "none"),
                    .flag("autofocus", model.name == nil))
            }
            label {
                span { page[.loginPassword] }
                input(
                    .type("password"), .name("password"), .flag("required"),
                    .named("autocomplete", "current-password"), .flag("autofocus", model.name != nil))
            }
            ActionButton(.primary, page[.loginSubmit])
        }
    }

    private var codeForm: Markup {
        form(.method("post"), .action(page.url("/api/auth/login"))) {
            label {
                span { page[.loginCode] }
                input(
                    .type("text"), .name("code"), .flag("required"), .named("autocomplete", "off"),
                    .named("autocapitalize", "none"), .named("spellcheck", "false"), .flag("autofocus", true))
            }
            ActionButton(.primary, page[.loginCodeSubmit])
        }
    }

    /// The whole page: without rail and search, which lead nowhere before the login.
    public var whole: Markup {
        document(language: page.strings.language, .data("theme", page.theme.rawValue)) {
            PageHead(title: page[.loginTitle], usesModule: false, page: page)
            HTML.body(.class("bare")) {
                Icon.sprite
                HTML.main(.id("main")) { body }
            }
        }
    }
}
