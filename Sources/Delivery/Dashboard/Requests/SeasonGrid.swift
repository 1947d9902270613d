public import HTML

/// One season: its pill, and its squares in blocks, so that a live patch stays small however long the season is.
public struct SeasonGrid: Component, Sendable {
    /// The episodes of one download.
    public struct Pack: Sendable {
        public var first: Int64
        public var last: Int64
        public var release: String?
        public var transfer: Transfer?

        public init(first: Int64, last: Int64, release: String? = nil, transfer: Transfer? = nil) {
            self.first = first
            self.last = last
            self.release = release
            self.transfer = transfer
        }
    }

    /// The season's model.
    public struct Model: Sendable {
        /// 0: specials.
        public var number: Int64
        public var available: Int64
        /// Those that count.
        public var aired: Int64
        /// Open at first.
        public var isRequested: Bool
        /// nil: loaded on demand.
        public var episodes: [EpisodeSquare.Model]?
        public var packs: [Pack] = []
        /// The event id it was read at.
        public var version: Int64 = 0

        public init(
            number: Int64, available: Int64, aired: Int64, isRequested: Bool, episodes: [EpisodeSquare.Model]?
        ) {
            self.number = number
            self.available = available
            self.aired = aired
            self.isRequested = isRequested
            self.episodes = episodes
        }
    }

    /// Squares in one block: a patch of a block with long titles is below 6 kB.
    public static let blockSize = 20

    /// The id of a season's element, and the name of its fragment.
    public static func elementID(_ season: Int64) -> String { "season-\(season)" }
    /// The id of a season's heading with the pill, for live patches.
    public static func headID(_ season: Int64) -> String { "season-\(season)-head" }
    /// The id of the block with the episode at that place of `episodes`, for live patches.
    public static func blockID(_ season: Int64, _ index: Int) -> String { "season-\(season)-\(index / blockSize)" }

    /// The id of the list of packs, for live patches.
    public static func packsID(_ season: Int64) -> String { "season-\(season)-packs" }

    /// The element its blocks are in, to which the module adds those of new episodes.
    static func listID(_ season: Int64) -> String { "season-\(season)-squares" }

    let model: Model
    let request: Int64
    let page: PageContext

    public init(_ model: Model, request: Int64, _ page: PageContext) {
        self.model = model
        self.request = request
        self.page = page
    }

    public var body: Markup {
        details(
            .id(Self.elementID(model.number)), .class("season"), .flag("open", model.isRequested),
            .data("region", Self.elementID(model.number)),
            .data("fetch", model.episodes == nil ? ownURL : nil)
        ) {
            head
            if let episodes = model.episodes {
                div(.class("squares"), .id(Self.listID(model.number))) {
                    for start in stride(from: 0, to: episodes.count, by: Self.blockSize) { block(start) }
                }
                packList
            } else {
                p { a(.href(ownURL + "#" + Self.elementID(model.number))) { page[.episodesShow] } }
            }
        }
    }

    private var ownURL: String { page.url("/request/\(request)", [("season", String(model.number))]) }

    /// The heading alone, as it is patched.
    public var head: Markup {
        summary(.id(Self.headID(model.number)), .data("version", String(model.version))) {
            h3 {
                model.number == 0 ? page[.seasonSpecials] : page[.seasonsOf, count: 1, ["list": String(model.number)]]
            }
            span(.class(model.available == model.aired && model.aired > 0 ? "pill good" : "pill")) {
                page[
                    .episodesOf,
                    ["available": NumberText.grouped(model.available), "aired": NumberText.grouped(model.aired)]]
            }
        }
    }

    /// The block that holds the episode at that place, as it is patched.
    public func block(_ index: Int) -> Markup {
        let episodes = model.episodes ?? []
        let start = index / Self.blockSize * Self.blockSize
        return div(
            .id(Self.blockID(model.number, index)), .data("version", String(model.version)),
            .data("list", Self.listID(model.number)), .data("order", String(start))
        ) {
            for episode in episodes[start..<min(start + Self.blockSize, episodes.count)] {
                EpisodeSquare(episode, page, place: place(episode.number))
            }
        }
    }

    /// Where an episode stands in the bracket of its pack.
    private func place(_ number: Int64) -> EpisodeSquare.Place? {
        guard let pack = model.packs.first(where: { $0.first < $0.last && ($0.first...$0.last).contains(number) })
        else { return nil }
        return number == pack.first ? .first : number == pack.last ? .last : .inside
    }

    /// What one download brings together, as it is patched; empty without any.
    public var packList: Markup {
        ul(.class("packs"), .id(Self.packsID(model.number)), .data("version", String(model.version))) {
            for pack in model.packs {
                li {
                    page[.episodesPack, ["episodes": EpisodeText.range(pack.first, pack.last)]]
                    if let size = BytesText.size(pack.transfer?.bytesTotal) { ", " + size }
                    if let percent = pack.transfer?.wholePercent {
                        ", " + page[.jobPercent, ["count": String(percent)]]
                    }
                    if let release = pack.release { bdi { release } }
                }
            }
        }
    }
}
