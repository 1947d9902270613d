// Drawings with attributes only.

/// The `svg` element.
public func svg(_ attributes: Attribute..., @MarkupBuilder content: () -> Markup = { Markup() }) -> Markup {
    element("svg", attributes, content())
}

/// The `symbol` element.
public func symbol(_ attributes: Attribute..., @MarkupBuilder content: () -> Markup = { Markup() }) -> Markup {
    element("symbol", attributes, content())
}

/// The `g` element.
public func g(_ attributes: Attribute..., @MarkupBuilder content: () -> Markup = { Markup() }) -> Markup {
    element("g", attributes, content())
}

/// The `use` element.
public func use(_ attributes: Attribute...) -> Markup {
    element("use", attributes, Markup())
}

/// The `path` element.
public func path(_ attributes: Attribute...) -> Markup {
    element("path", attributes, Markup())
}

/// The `circle` element.
public func circle(_ attributes: Attribute...) -> Markup {
    element("circle", attributes, Markup())
}

/// The `rect` element.
public func rect(_ attributes: Attribute...) -> Markup {
    element("rect", attributes, Markup())
}

/// The `line` element.
public func line(_ attributes: Attribute...) -> Markup {
    element("line", attributes, Markup())
}

/// The `polyline` element.
public func polyline(_ attributes: Attribute...) -> Markup {
    element("polyline", attributes, Markup())
}

/// The `text` element.
public func text(_ attributes: Attribute..., @MarkupBuilder content: () -> Markup = { Markup() }) -> Markup {
    element("text", attributes, content())
}

/// The `desc` element: what a drawing shows, for who does not see it.
public func desc(_ attributes: Attribute..., @MarkupBuilder content: () -> Markup = { Markup() }) -> Markup {
    element("desc", attributes, content())
}
