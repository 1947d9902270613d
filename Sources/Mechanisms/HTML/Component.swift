/// A reusable piece of a page: a plain value whose inputs are its properties.
public protocol Component {
    /// The piece, rendered. The same value gives the same bytes.
    @MarkupBuilder var body: Markup { get }
}

/// Several pieces side by side, with no element around them.
public func fragment(@MarkupBuilder _ content: () -> Markup) -> Markup {
    content()
}
