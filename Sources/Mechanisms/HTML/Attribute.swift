/// One attribute of an element, its value already escaped; an absent one renders nothing.
public struct Attribute: Sendable {
    /// Leading space, name, and quoted value; empty when the attribute is left out.
    let markup: Markup

    private init(_ markup: Markup) {
        self.markup = markup
    }

    /// No attribute.
    public static let none = Attribute(Markup())

    /// Any attribute by name, which is a literal: no input can break out of its element or make an event handler.
    public static func named(_ name: StaticString, _ value: String) -> Attribute {
        var markup = Markup(trusted: " ")
        markup.append(literal: name)
        markup.append(literal: "=\"")
        markup.append(Markup(value))
        markup.append(literal: "\"")
        return Attribute(markup)
    }

    /// The same, left out when there is no value.
    public static func named(_ name: StaticString, _ value: String?) -> Attribute {
        guard let value else { return .none }
        return .named(name, value)
    }

    /// A number, or nothing.
    public static func named(_ name: StaticString, _ value: Int64?) -> Attribute {
        guard let value else { return .none }
        return .named(name, String(value))
    }

    /// A boolean attribute: present or not.
    public static func flag(_ name: StaticString, _ isSet: Bool = true) -> Attribute {
        guard isSet else { return .none }
        var markup = Markup(trusted: " ")
        markup.append(literal: name)
        return Attribute(markup)
    }

    /// `data-<name>`: how a page hands values to its module.
    public static func data(_ name: StaticString, _ value: String?) -> Attribute {
        guard let value else { return .none }
        var markup = Markup(trusted: " data-")
        markup.append(literal: name)
        markup.append(literal: "=\"")
        markup.append(Markup(value))
        markup.append(literal: "\"")
        return Attribute(markup)
    }

    /// `aria-<name>`.
    public static func aria(_ name: StaticString, _ value: String?) -> Attribute {
        guard let value else { return .none }
        var markup = Markup(trusted: " aria-")
        markup.append(literal: name)
        markup.append(literal: "=\"")
        markup.append(Markup(value))
        markup.append(literal: "\"")
        return Attribute(markup)
    }
}

extension Attribute {
    /// The `id` attribute.
    public static func id(_ value: String) -> Attribute { .named("id", value) }
    /// The `class` attribute.
    public static func `class`(_ value: String) -> Attribute { .named("class", value) }
    /// The `role` attribute.
    public static func role(_ value: String) -> Attribute { .named("role", value) }
    /// The `name` attribute.
    public static func name(_ value: String) -> Attribute { .named("name", value) }
    /// The `type` attribute.
    public static func type(_ value: String) -> Attribute { .named("type", value) }
    /// The `value` attribute.
    public static func value(_ value: String) -> Attribute { .named("value", value) }
    /// The `title` attribute.
    public static func title(_ value: String?) -> Attribute { .named("title", value) }
    /// The `method` attribute.
    public static func method(_ value: String) -> Attribute { .named("method", value) }
    /// The `scope` attribute.
    public static func scope(_ value: String) -> Attribute { .named("scope", value) }
    /// The `for` attribute.
    public static func `for`(_ id: String) -> Attribute { .named("for", id) }
    /// The `colspan` attribute.
    public static func colspan(_ columns: Int) -> Attribute { .named("colspan", Int64(columns)) }
    /// The `rowspan` attribute.
    public static func rowspan(_ rows: Int) -> Attribute { .named("rowspan", Int64(rows)) }
    /// Hides a decoration from assistive technology.
    public static let decorative = Attribute.aria("hidden", "true")
}
