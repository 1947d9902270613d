public import HTML

/// A title with its year and type, safe against text that runs the other way.
public struct MediaLabel: Component, Sendable {
    /// Movies and series are separate worlds.
    public enum Kind: String, Sendable, CaseIterable { case movie, tv }

    let page: PageContext
    let title: String
    let year: Int64?
    let kind: Kind
    let url: String?

    init(_ page: PageContext, title: String, year: Int64?, kind: Kind, url: String? = nil) {
        self.page = page
        self.title = title
        self.year = year
        self.kind = kind
        self.url = url
    }

    public var body: Markup {
        span(.class("media")) {
            if let url {
                a(.class("media-title"), .href(url)) { bdi { title } }
            } else {
                span(.class("media-title")) { bdi { title } }
            }
            span(.class("media-facts")) {
                if let year { span { String(year) } }
                span { Self.word(kind, page) }
            }
        }
    }

    static func word(_ kind: Kind, _ page: PageContext) -> String {
        switch kind {
        case .movie: page[.mediaMovie]
        case .tv: page[.mediaSeries]
        }
    }
}
