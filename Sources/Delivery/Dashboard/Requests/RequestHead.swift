public import HTML

/// Poster, title, stage and facts of one request; live patches replace it whole.
public struct RequestHead: Component, Sendable {
    /// The id of the element, for live patches.
    public static func elementID(_ request: Int64) -> String { "request-\(request)-head" }

    let model: RequestPage.Model
    let page: PageContext

    /// The head of one request.
    public init(_ model: RequestPage.Model, _ page: PageContext) {
        self.model = model
        self.page = page
    }

    public var body: Markup {
        header(
            .class("request-head"), .id(Self.elementID(model.row.id)), .data("version", String(model.row.version))
        ) {
            poster
            div(.class("request-text")) {
                p(.class("crumb")) { a(.href(page.url("/requests"))) { page[.requestsTitle] } }
                h1 {
                    bdi { model.row.title }
                    if let year = model.row.year { span(.class("year")) { String(year) } }
                }
                if let original = model.originalTitle { p(.class("muted")) { bdi { original } } }
                p(.class("badges")) {
                    StageBadge(page, model.row.stage)
                    Badge(.plain, model.row.kind == .movie ? .film : .tv, MediaLabel.word(model.row.kind, page))
                    if model.row.origin == .librarySync {
                        Badge(.plain, .library, OriginWords.word(.librarySync, page))
                    }
                    if model.isAnime == true { Badge(.plain, .dot, page[.requestAnime]) }
                }
                if let overview = model.overview { p(.class("overview")) { bdi { overview } } }
                facts
                links
            }
        }
    }

    @MarkupBuilder private var poster: Markup {
        if let path = model.posterPath {
            img(
                .class("poster"), .src(page.placed(path)), .named("alt", ""), .named("width", "160"),
                .named("height", "240"))
        } else {
            div(.class("poster none"), .decorative) { (model.row.kind == .movie ? Icon.film : Icon.tv).markup }
        }
    }

    private var facts: Markup {
        dl(.class("facts inline")) {
            fact(page[.columnRequestedBy]) { bdi { model.row.requestedBy } }
            if let episodes = model.row.episodes {
                fact(page[.columnEpisodes]) {
                    page[
                        .episodesOf,
                        [
                            "available": NumberText.grouped(episodes.available),
                            "aired": NumberText.grouped(episodes.aired),
                        ]]
                }
            }
            if let quality = model.row.quality { fact(page[.columnQuality]) { quality } }
            fact(page[.requestTracked]) { Moment(model.createdAt) }
            if let available = model.availableAt { fact(page[.fieldAvailableAt]) { Moment(available) } }
            fact(page[.requestInStage]) { Moment(model.row.stageChangedAt) }
        }
    }

    private func fact(_ name: String, @MarkupBuilder _ value: () -> Markup) -> Markup {
        div {
            dt { name }
            dd { value() }
        }
    }

    @MarkupBuilder private var links: Markup {
        if !model.links.isEmpty {
            p(.class("actions")) {
                for (service, url) in model.links {
                    a(.class("button secondary"), .href(url), .named("rel", "noreferrer")) {
                        page[.openIn, ["service": ActionWords.service(service, page)]]
                        Icon.link.markup
                    }
                }
            }
        }
    }
}

/// The ids of one request, each to be copied.
struct RequestIDs: Component {
    let model: RequestPage.Model
    let page: PageContext

    var body: Markup {
        section(.class("card"), .aria("labelledby", "ids-title")) {
            h2(.id("ids-title")) { page[.idsTitle] }
            if model.ids.isEmpty {
                p(.class("muted")) { page[.idsEmpty] }
            } else {
                dl(.class("facts ids")) {
                    for (name, value) in model.ids {
                        div {
                            dt { ActionWords.field(name, page) }
                            dd {
                                code(.data("copy", page[.idsCopy, ["name": ActionWords.field(name, page)]])) { value }
                            }
                        }
                    }
                }
            }
        }
    }
}
