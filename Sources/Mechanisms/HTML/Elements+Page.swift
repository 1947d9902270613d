// The frame of a page and its landmarks.

/// The `head` element.
public func head(_ attributes: Attribute..., @MarkupBuilder content: () -> Markup = { Markup() }) -> Markup {
    element("head", attributes, content())
}

/// The `body` element.
public func body(_ attributes: Attribute..., @MarkupBuilder content: () -> Markup = { Markup() }) -> Markup {
    element("body", attributes, content())
}

/// The `title` element.
public func title(_ attributes: Attribute..., @MarkupBuilder content: () -> Markup = { Markup() }) -> Markup {
    element("title", attributes, content())
}

/// The `main` element.
public func main(_ attributes: Attribute..., @MarkupBuilder content: () -> Markup = { Markup() }) -> Markup {
    element("main", attributes, content())
}

/// The `nav` element.
public func nav(_ attributes: Attribute..., @MarkupBuilder content: () -> Markup = { Markup() }) -> Markup {
    element("nav", attributes, content())
}

/// The `header` element.
public func header(_ attributes: Attribute..., @MarkupBuilder content: () -> Markup = { Markup() }) -> Markup {
    element("header", attributes, content())
}

/// The `footer` element.
public func footer(_ attributes: Attribute..., @MarkupBuilder content: () -> Markup = { Markup() }) -> Markup {
    element("footer", attributes, content())
}

/// The `section` element.
public func section(_ attributes: Attribute..., @MarkupBuilder content: () -> Markup = { Markup() }) -> Markup {
    element("section", attributes, content())
}

/// The `article` element.
public func article(_ attributes: Attribute..., @MarkupBuilder content: () -> Markup = { Markup() }) -> Markup {
    element("article", attributes, content())
}

/// The `aside` element.
public func aside(_ attributes: Attribute..., @MarkupBuilder content: () -> Markup = { Markup() }) -> Markup {
    element("aside", attributes, content())
}

/// The `meta` element.
public func meta(_ attributes: Attribute...) -> Markup {
    voidElement("meta", attributes)
}

/// The `link` element.
public func link(_ attributes: Attribute...) -> Markup {
    voidElement("link", attributes)
}

/// The `noscript` element.
public func noscript(_ attributes: Attribute..., @MarkupBuilder content: () -> Markup = { Markup() }) -> Markup {
    element("noscript", attributes, content())
}

/// The `dialog` element.
public func dialog(_ attributes: Attribute..., @MarkupBuilder content: () -> Markup = { Markup() }) -> Markup {
    element("dialog", attributes, content())
}
