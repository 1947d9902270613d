public import HTML

/// How many requests need a person, beside Activity on every page.
public struct AttentionBadge: Component, Sendable {
    /// The element's id, for live patches.
    public static let elementID = "attention-badge"

    let count: Int64
    let version: Int64
    let page: PageContext

    /// The badge; empty at 0.
    public init(_ count: Int64, version: Int64, _ page: PageContext) {
        self.count = count
        self.version = version
        self.page = page
    }

    public var body: Markup {
        span(.id(Self.elementID), .class("rail-badge"), .data("version", String(version))) {
            if count > 0 {
                NumberText.grouped(count)
                span(.class("hidden")) { " " + page[.attentionTitle] }
            }
        }
    }
}
