// Real tables.

/// The `table` element.
public func table(_ attributes: Attribute..., @MarkupBuilder content: () -> Markup = { Markup() }) -> Markup {
    element("table", attributes, content())
}

/// The `caption` element.
public func caption(_ attributes: Attribute..., @MarkupBuilder content: () -> Markup = { Markup() }) -> Markup {
    element("caption", attributes, content())
}

/// The `thead` element.
public func thead(_ attributes: Attribute..., @MarkupBuilder content: () -> Markup = { Markup() }) -> Markup {
    element("thead", attributes, content())
}

/// The `tbody` element.
public func tbody(_ attributes: Attribute..., @MarkupBuilder content: () -> Markup = { Markup() }) -> Markup {
    element("tbody", attributes, content())
}

/// The `tfoot` element.
public func tfoot(_ attributes: Attribute..., @MarkupBuilder content: () -> Markup = { Markup() }) -> Markup {
    element("tfoot", attributes, content())
}

/// The `tr` element.
public func tr(_ attributes: Attribute..., @MarkupBuilder content: () -> Markup = { Markup() }) -> Markup {
    element("tr", attributes, content())
}

/// The `th` element.
public func th(_ attributes: Attribute..., @MarkupBuilder content: () -> Markup = { Markup() }) -> Markup {
    element("th", attributes, content())
}

/// The `td` element.
public func td(_ attributes: Attribute..., @MarkupBuilder content: () -> Markup = { Markup() }) -> Markup {
    element("td", attributes, content())
}
