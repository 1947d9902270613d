// Forms that work without a script.

/// The `form` element.
public func form(_ attributes: Attribute..., @MarkupBuilder content: () -> Markup = { Markup() }) -> Markup {
    element("form", attributes, content())
}

/// The `fieldset` element.
public func fieldset(_ attributes: Attribute..., @MarkupBuilder content: () -> Markup = { Markup() }) -> Markup {
    element("fieldset", attributes, content())
}

/// The `legend` element.
public func legend(_ attributes: Attribute..., @MarkupBuilder content: () -> Markup = { Markup() }) -> Markup {
    element("legend", attributes, content())
}

/// The `label` element.
public func label(_ attributes: Attribute..., @MarkupBuilder content: () -> Markup = { Markup() }) -> Markup {
    element("label", attributes, content())
}

/// The `button` element.
public func button(_ attributes: Attribute..., @MarkupBuilder content: () -> Markup = { Markup() }) -> Markup {
    element("button", attributes, content())
}

/// The `select` element.
public func select(_ attributes: Attribute..., @MarkupBuilder content: () -> Markup = { Markup() }) -> Markup {
    element("select", attributes, content())
}

/// The `option` element.
public func option(_ attributes: Attribute..., @MarkupBuilder content: () -> Markup = { Markup() }) -> Markup {
    element("option", attributes, content())
}

/// The `textarea` element.
public func textarea(_ attributes: Attribute..., @MarkupBuilder content: () -> Markup = { Markup() }) -> Markup {
    element("textarea", attributes, content())
}

/// The `output` element.
public func output(_ attributes: Attribute..., @MarkupBuilder content: () -> Markup = { Markup() }) -> Markup {
    element("output", attributes, content())
}

/// The `progress` element.
public func progress(_ attributes: Attribute..., @MarkupBuilder content: () -> Markup = { Markup() }) -> Markup {
    element("progress", attributes, content())
}

/// The `input` element.
public func input(_ attributes: Attribute...) -> Markup {
    voidElement("input", attributes)
}
