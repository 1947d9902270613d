// What a page is built of.

/// The `div` element.
public func div(_ attributes: Attribute..., @MarkupBuilder content: () -> Markup = { Markup() }) -> Markup {
    element("div", attributes, content())
}

/// The `span` element.
public func span(_ attributes: Attribute..., @MarkupBuilder content: () -> Markup = { Markup() }) -> Markup {
    element("span", attributes, content())
}

/// The `p` element.
public func p(_ attributes: Attribute..., @MarkupBuilder content: () -> Markup = { Markup() }) -> Markup {
    element("p", attributes, content())
}

/// The `a` element.
public func a(_ attributes: Attribute..., @MarkupBuilder content: () -> Markup = { Markup() }) -> Markup {
    element("a", attributes, content())
}

/// The `h1` element.
public func h1(_ attributes: Attribute..., @MarkupBuilder content: () -> Markup = { Markup() }) -> Markup {
    element("h1", attributes, content())
}

/// The `h2` element.
public func h2(_ attributes: Attribute..., @MarkupBuilder content: () -> Markup = { Markup() }) -> Markup {
    element("h2", attributes, content())
}

/// The `h3` element.
public func h3(_ attributes: Attribute..., @MarkupBuilder content: () -> Markup = { Markup() }) -> Markup {
    element("h3", attributes, content())
}

/// The `ul` element.
public func ul(_ attributes: Attribute..., @MarkupBuilder content: () -> Markup = { Markup() }) -> Markup {
    element("ul", attributes, content())
}

/// The `ol` element.
public func ol(_ attributes: Attribute..., @MarkupBuilder content: () -> Markup = { Markup() }) -> Markup {
    element("ol", attributes, content())
}

/// The `li` element.
public func li(_ attributes: Attribute..., @MarkupBuilder content: () -> Markup = { Markup() }) -> Markup {
    element("li", attributes, content())
}

/// The `dl` element.
public func dl(_ attributes: Attribute..., @MarkupBuilder content: () -> Markup = { Markup() }) -> Markup {
    element("dl", attributes, content())
}

/// The `dt` element.
public func dt(_ attributes: Attribute..., @MarkupBuilder content: () -> Markup = { Markup() }) -> Markup {
    element("dt", attributes, content())
}

/// The `dd` element.
public func dd(_ attributes: Attribute..., @MarkupBuilder content: () -> Markup = { Markup() }) -> Markup {
    element("dd", attributes, content())
}

/// The `strong` element.
public func strong(_ attributes: Attribute..., @MarkupBuilder content: () -> Markup = { Markup() }) -> Markup {
    element("strong", attributes, content())
}

/// The `em` element.
public func b(_ attributes: Attribute..., @MarkupBuilder content: () -> Markup = { Markup() }) -> Markup {
    element("b", attributes, content())
}

/// The `small` element.
public func small(_ attributes: Attribute..., @MarkupBuilder content: () -> Markup = { Markup() }) -> Markup {
    element("small", attributes, content())
}

/// The `code` element.
public func code(_ attributes: Attribute..., @MarkupBuilder content: () -> Markup = { Markup() }) -> Markup {
    element("code", attributes, content())
}

/// The `pre` element.
public func pre(_ attributes: Attribute..., @MarkupBuilder content: () -> Markup = { Markup() }) -> Markup {
    element("pre", attributes, content())
}

/// The `bdi` element.
public func bdi(_ attributes: Attribute..., @MarkupBuilder content: () -> Markup = { Markup() }) -> Markup {
    element("bdi", attributes, content())
}

/// The `time` element.
public func time(_ attributes: Attribute..., @MarkupBuilder content: () -> Markup = { Markup() }) -> Markup {
    element("time", attributes, content())
}

/// The `figure` element.
public func figure(_ attributes: Attribute..., @MarkupBuilder content: () -> Markup = { Markup() }) -> Markup {
    element("figure", attributes, content())
}

/// The `figcaption` element.
public func figcaption(_ attributes: Attribute..., @MarkupBuilder content: () -> Markup = { Markup() }) -> Markup {
    element("figcaption", attributes, content())
}

/// The `details` element.
public func details(_ attributes: Attribute..., @MarkupBuilder content: () -> Markup = { Markup() }) -> Markup {
    element("details", attributes, content())
}

/// The `summary` element.
public func summary(_ attributes: Attribute..., @MarkupBuilder content: () -> Markup = { Markup() }) -> Markup {
    element("summary", attributes, content())
}

/// The `br` element.
public func br(_ attributes: Attribute...) -> Markup {
    voidElement("br", attributes)
}

/// The `hr` element.
public func hr(_ attributes: Attribute...) -> Markup {
    voidElement("hr", attributes)
}

/// The `img` element.
public func img(_ attributes: Attribute...) -> Markup {
    voidElement("img", attributes)
}

/// The `kbd` element.
public func kbd(_ attributes: Attribute..., @MarkupBuilder content: () -> Markup = { Markup() }) -> Markup {
    element("kbd", attributes, content())
}
