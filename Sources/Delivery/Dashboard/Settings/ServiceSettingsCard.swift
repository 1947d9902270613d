public import HTML

/// One kind of service: a form for each of its instances.
public struct ServiceSettingsCard: Component, Sendable {
    /// The service with its instances.
    public struct Model: Sendable {
        /// In addresses: `radarr`.
        public var service: String
        public var title: String
        public var instances: [Instance] = []

        public init(service: String, title: String) {
            self.service = service
            self.title = title
        }
    }

    /// One form.
    public struct Instance: Sendable {
        /// `default`, another name, or empty for one that is being added.
        public var name: String
        public var fields: [SettingField.Model] = []
        /// Whether anything is stored that can be taken away.
        public var canRemove = false
        /// Whether the last health check reached it; nil for unknown.
        public var isReachable: Bool?
        /// Application and version, or why it is not reached.
        public var state: String?
        /// What came of the last test or try to save.
        public var result: SettingsOutcome?

        public init(name: String) { self.name = name }

        /// Whether every field comes from outside.
        var isFixed: Bool { fields.allSatisfy { $0.isFixed } }
    }

    let model: Model
    let page: PageContext

    public init(_ model: Model, _ page: PageContext) {
        self.model = model
        self.page = page
    }

    public var body: Markup {
        section(.class("card"), .id(model.service), .aria("labelledby", "\(model.service)-title")) {
            header(.class("card-head")) {
                h2(.id("\(model.service)-title")) { model.title }
                if model.instances.contains(where: { $0.canRemove || $0.isReachable != nil }) {
                    a(
                        .class("button quiet"),
                        .href(page.url("/settings", [("add", model.service)]) + "#" + model.service)
                    ) {
                        Icon.plus.markup
                        page[.serviceAdd]
                    }
                }
            }
            for instance in model.instances { form(of: instance) }
        }
    }

    private func form(of instance: Instance) -> Markup {
        let scope = "\(model.service)-\(instance.name.isEmpty ? "new" : instance.name)"
        return HTML.form(
            .class("settings-form"), .id(scope), .method("post"), .action(page.url("/settings/\(model.service)"))
        ) {
            if let token = page.csrfToken { input(.type("hidden"), .name("csrf"), .value(token)) }
            heading(instance, scope)
            if let result = instance.result { result.notice(page) }
            div(.class("setting-grid")) {
                for field in instance.fields { SettingField(field, scope: scope, page) }
            }
            if !instance.isFixed { buttons(instance) }
            output(.class("probe small"), .role("status"))
        }
    }

    @MarkupBuilder private func heading(_ instance: Instance, _ scope: String) -> Markup {
        if instance.name.isEmpty {
            label(.class("field")) {
                span { page[.serviceInstance] }
                input(
                    .type("text"), .name("instance"), .flag("required"), .named("pattern", "[a-z0-9_\\-]+"),
                    .named("maxlength", "32"), .named("placeholder", "4k"), .named("autocomplete", "off"))
            }
        } else {
            input(.type("hidden"), .name("instance"), .value(instance.name))
            if instance.name != "default" { h3 { bdi { instance.name } } }
            if let state = instance.state {
                p(.class("small")) {
                    Badge(
                        instance.isReachable == true ? .good : .bad,
                        instance.isReachable == true ? .check : .alert,
                        page[instance.isReachable == true ? .statusYes : .statusNo])
                    " "
                    bdi { state }
                }
            }
        }
    }

    private func buttons(_ instance: Instance) -> Markup {
        div(.class("actions")) {
            ActionButton(.primary, page[.serviceSave], name: "do", value: "save")
            button(
                .type("submit"), .class("button secondary"), .name("do"), .value("test"),
                .data("probe", page.url("/api/settings/\(model.service)/test"))
            ) { page[.serviceTest] }
            ActionButton(.quiet, page[.serviceSaveUntested], name: "do", value: "untested")
            if instance.canRemove {
                button(
                    .type("submit"), .class("button quiet"), .name("do"), .value("remove"), .flag("formnovalidate")
                ) { page[.serviceRemove] }
            }
        }
    }
}
