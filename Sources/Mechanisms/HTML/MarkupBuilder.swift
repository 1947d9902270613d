/// Collects children in order; strings are escaped on entry.
///
/// Everything is `Markup` at once, never a generic tree: that compiles quickly and renders in one pass.
@resultBuilder
public enum MarkupBuilder {
    /// Text, escaped.
    public static func buildExpression(_ text: String) -> Markup { Markup(text) }
    /// Text, or nothing.
    public static func buildExpression(_ text: String?) -> Markup { text.map { Markup($0) } ?? Markup() }
    /// Markup as it is.
    public static func buildExpression(_ markup: Markup) -> Markup { markup }
    /// A component's body.
    public static func buildExpression(_ component: some Component) -> Markup { component.body }
    /// A component's body, or nothing.
    public static func buildExpression(_ component: (some Component)?) -> Markup { component?.body ?? Markup() }

    /// Nothing.
    public static func buildBlock() -> Markup { Markup() }
    /// The first child.
    public static func buildPartialBlock(first: Markup) -> Markup { first }

    /// The children so far and the next.
    public static func buildPartialBlock(accumulated: consuming Markup, next: Markup) -> Markup {
        var all = accumulated
        all.append(next)
        return all
    }

    /// A branch that may be missing.
    public static func buildOptional(_ part: Markup?) -> Markup { part ?? Markup() }
    /// One branch.
    public static func buildEither(first: Markup) -> Markup { first }
    /// The other branch.
    public static func buildEither(second: Markup) -> Markup { second }

    /// A loop.
    public static func buildArray(_ parts: [Markup]) -> Markup {
        var all = Markup()
        for part in parts { all.append(part) }
        return all
    }
}
