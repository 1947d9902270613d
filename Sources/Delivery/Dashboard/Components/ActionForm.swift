import HTML

/// A form that sends one thing to one address of our own.
///
/// Without a script it posts and is answered with a redirect; with one it is sent in the background, and the page
/// fetches its fragment.
struct ActionForm: Component {
    let page: PageContext
    let action: String
    /// The page to show for the job that the answer names; nil stays here.
    var then: String?
    var cssClass = "actions"
    var id: String?
    let content: Markup

    init(
        _ page: PageContext, action: String, then: String? = nil, cssClass: String = "actions",
        id: String? = nil, @MarkupBuilder content: () -> Markup
    ) {
        self.page = page
        self.action = action
        self.then = then
        self.cssClass = cssClass
        self.id = id
        self.content = content()
    }

    var body: Markup {
        form(
            .named("id", id), .class(cssClass), .method("post"), .action(page.url(action)), .flag("data-async"),
            .data("then", then.map { page.url($0) })
        ) {
            if let token = page.csrfToken { input(.type("hidden"), .name("csrf"), .value(token)) }
            content
        }
    }
}

/// A button of a form.
struct ActionButton: Component {
    /// How much it asks for the eye.
    enum Weight: String { case primary, secondary, quiet }

    let weight: Weight
    let icon: Icon?
    let word: String
    var name: String?
    var value: String?
    var isDisabled = false
    /// What it is for, where the word alone does not tell.
    var label: String?

    init(
        _ weight: Weight, _ word: String, icon: Icon? = nil, name: String? = nil, value: String? = nil,
        isDisabled: Bool = false, label: String? = nil
    ) {
        self.weight = weight
        self.word = word
        self.icon = icon
        self.name = name
        self.value = value
        self.isDisabled = isDisabled
        self.label = label
    }

    var body: Markup {
        button(
            .type("submit"), .class("button \(weight.rawValue)"), .named("name", name), .named("value", value),
            .flag("disabled", isDisabled), .aria("label", label)
        ) {
            if let icon { icon.markup }
            word
        }
    }
}
