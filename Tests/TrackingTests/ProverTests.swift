import Media
import Testing

@testable import Tracking

@Suite("Which items prove a film or an episode")
struct ProverTests {
    @Test("the exact id wins, whatever else is listed first; a series with the film's number proves nothing")
    func exact() {
        let film = Sample.film(tmdb: 603)
        let items = [
            Sample.item("a", .movie, "Another", tmdb: 604), Sample.item("b", .series, "The Film", tmdb: 603),
            Sample.item("c", .movie, "The Film", tmdb: 603),
        ]
        for order in [items, items.reversed()] {
            let verdict = Prover(sought: film).film(among: order)
            #expect(verdict?.item == Sample.id("c"))
            #expect(verdict?.isUncertain == false)
            #expect(verdict?.stub == nil)
        }
    }

    @Test("an item whose ids point at two films proves neither")
    func contradiction() {
        let film = Sample.film(tmdb: 603, imdb: "tt1")
        let item = Sample.item("a", .movie, "The Film", tmdb: 603, imdb: "tt2")
        #expect(Prover(sought: film).film(among: [item]) == nil)
    }

    @Test("an item with nothing to play is a stub, unless a playable one is there too")
    func stub() {
        let film = Sample.film(tmdb: 603)
        let empty = Sample.item("a", .movie, "The Film", tmdb: 603, isPlayable: false)
        #expect(Prover(sought: film).film(among: [empty])?.stub == "The Film")
        let full = Sample.item("b", .movie, "The Film", tmdb: 603)
        #expect(Prover(sought: film).film(among: [empty, full])?.item == Sample.id("b"))
    }

    @Test("an anime film without ids is found by its path, else by title and year if there is only one")
    func anime() {
        var film = Sample.film(tmdb: 603, isAnime: true)
        film.paths = [nil: ["media/anime/The Film (2020)/film.mkv"]]
        var byPath = Sample.item("a", .episode, "Other name")
        byPath.path = "/media/anime/The Film (2020)/film.mkv"
        #expect(Prover(sought: film).film(among: [byPath])?.isUncertain == false)

        film.paths = [:]
        let named = Sample.item("b", .episode, "The Film", year: 2020)
        #expect(Prover(sought: film).film(among: [named])?.isUncertain == true)
        let twin = Sample.item("c", .movie, "The Film", year: 2020)
        #expect(Prover(sought: film).film(among: [named, twin]) == nil)
        film.isAnime = false
        #expect(Prover(sought: film).film(among: [named]) == nil)
    }

    @Test(
        "episodes match by their own id, then by season and number; one file may hold several; virtual ones prove nothing"
    )
    func episodes() {
        var show = Sample.film(tmdb: 1)
        show.mediaType = .tv
        show.episodes = [UnitNumber(1, 1), UnitNumber(1, 2), UnitNumber(1, 3)].map { Episode($0) }
        show.episodes[2].tvdb = 33
        var double = Sample.item("a", .episode, "Both")
        double.unit = UnitNumber(1, 1)
        double.lastEpisode = 2
        var byID = Sample.item("b", .episode, "Renumbered")
        byID.unit = UnitNumber(7, 9)
        byID.tvdb = 33
        var missing = Sample.item("c", .episode, "Missing", isPlayable: false)
        missing.unit = UnitNumber(1, 3)
        let verdicts = Prover(sought: show).episodes(among: [missing, double, byID], seriesIsExact: true)
        #expect(
            verdicts.filter { $0.stub == nil }.map(\.unit) == [UnitNumber(1, 1), UnitNumber(1, 2), UnitNumber(1, 3)])
        #expect(verdicts.allSatisfy { !$0.isUncertain })
        show.isAnime = true
        let anime = Prover(sought: show).episodes(among: [double, byID], seriesIsExact: true)
        #expect(anime.map(\.isUncertain) == [true, true, false])
    }

    @Test(
        "of two qualities each request takes its own, and without a width it is uncertain",
        arguments: [Variant.hd, .uhd])
    func variants(variant: Variant) {
        var film = Sample.film(tmdb: 603)
        film.variant = variant
        var small = Sample.item("a", .movie, "The Film", tmdb: 603)
        small.width = 1_920
        var large = Sample.item("b", .movie, "The Film", tmdb: 603)
        large.width = 3_840
        let prover = Prover(sought: film, tellsVariants: true)
        let chosen = prover.film(among: [small, large])
        #expect(chosen?.item == Sample.id(variant == .hd ? "a" : "b"))
        #expect(chosen?.isUncertain == false)
        #expect(prover.film(among: [Sample.item("c", .movie, "The Film", tmdb: 603)])?.isUncertain == true)
    }
}

enum Sample {
    static func id(_ letter: Character) -> JellyfinItemID? {
        JellyfinItemID(String(repeating: letter, count: 32))
    }

    static func film(tmdb: Int64, imdb: String? = nil, isAnime: Bool = false) -> Sought {
        Sought(title: "The Film", year: 2020, tmdb: tmdb, imdb: imdb, isAnime: isAnime)
    }

    static func item(
        _ letter: Character, _ kind: ItemReading.Kind, _ title: String, tmdb: Int64? = nil, imdb: String? = nil,
        year: Int64? = nil, isPlayable: Bool = true
    ) -> ItemReading {
        var item = ItemReading(
            id: id(letter) ?? JellyfinItemID(stored: [0]), kind: kind, title: title, isPlayable: isPlayable)
        item.tmdb = tmdb
        item.imdb = imdb
        item.year = year
        return item
    }
}
