import HTML

/// A poster, or the sign of its kind where there is none.
struct Poster: Component {
    let row: RequestsPage.Row
    let page: PageContext
    let width: Int64

    init(_ row: RequestsPage.Row, _ page: PageContext, width: Int64) {
        self.row = row
        self.page = page
        self.width = width
    }

    @MarkupBuilder var body: Markup {
        if let path = row.posterPath {
            img(
                .class("poster"), .src(page.placed(path)), .named("alt", ""), .named("width", width),
                .named("height", width * 3 / 2), .named("loading", width < 100 ? "lazy" : nil))
        } else {
            div(.class("poster none"), .decorative) { (row.kind == .movie ? Icon.film : Icon.tv).markup }
        }
    }
}

/// How long the stage has lasted.
struct InStage: Component {
    let since: Int64
    let page: PageContext

    var body: Markup {
        span(.class("muted in-stage")) {
            span(.class("hidden")) { page[.inStage] + " " }
            Icon.clock.markup
            Moment(since, isSpan: true)
        }
    }
}

/// The way to the title in Jellyfin, once it can be played.
struct WatchLink: Component {
    let row: RequestsPage.Row
    let page: PageContext

    init(_ row: RequestsPage.Row, _ page: PageContext) {
        self.row = row
        self.page = page
    }

    @MarkupBuilder var body: Markup {
        if row.stage == .available || (row.episodes?.available ?? 0) > 0, let url = row.link("jellyfin") {
            a(
                .class("button primary"), .href(url), .named("rel", "noreferrer"),
                .aria("label", page[.actionOf, ["action": page[.watch], "title": row.title]])
            ) {
                Icon.play.markup
                page[.watch]
            }
        }
    }
}

/// The words for how complete a series is.
enum EpisodeCount {
    static func words(_ episodes: (available: Int64, aired: Int64), _ page: PageContext) -> String {
        page[
            .episodesAvailable,
            ["available": NumberText.grouped(episodes.available), "aired": NumberText.grouped(episodes.aired)]]
    }
}

/// The words for some seasons: "Season 2", "Seasons 1, 2".
enum SeasonText {
    static func words(_ seasons: [Int64], _ page: PageContext) -> String {
        if seasons == [0] { return page[.seasonSpecials] }
        let list = seasons.map { $0 == 0 ? page[.seasonSpecials] : String($0) }.joined(separator: ", ")
        return page[.seasonsOf, count: Int64(seasons.count), ["list": list]]
    }
}
