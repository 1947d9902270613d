/// Renders `<tag …>content</tag>`.
func element(_ tag: StaticString, _ attributes: [Attribute], _ content: Markup) -> Markup {
    var markup = Markup()
    markup.append(literal: "<")
    markup.append(literal: tag)
    for attribute in attributes { markup.append(attribute.markup) }
    markup.append(literal: ">")
    markup.append(content)
    markup.append(literal: "</")
    markup.append(literal: tag)
    markup.append(literal: ">")
    return markup
}

/// Renders an element that has no content and no end tag.
func voidElement(_ tag: StaticString, _ attributes: [Attribute]) -> Markup {
    var markup = Markup()
    markup.append(literal: "<")
    markup.append(literal: tag)
    for attribute in attributes { markup.append(attribute.markup) }
    markup.append(literal: ">")
    return markup
}

/// A whole document, in standards mode; `language` (BCP 47) goes into `lang`.
public func document(
    language: String, _ attributes: Attribute..., @MarkupBuilder content: () -> Markup
) -> Markup {
    var markup = Markup(trusted: "<!doctype html>\n")
    markup.append(element("html", [.named("lang", language)] + attributes, content()))
    markup.append(Markup(trusted: "\n"))
    return markup
}

/// A module script of our own, by address: there is no way to write one inline.
public func module(src: String) -> Markup {
    element("script", [.type("module"), .src(src)], Markup())
}
