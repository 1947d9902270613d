import Media
import Servarr
import Testing

@testable import Store
@testable import Tracking

@Suite("Titles of a list that concern open requests")
struct TitlesWantedTests {
    @Test("a mark is the same exactly while title and requests are as they were")
    func marks() {
        let request = Self.request(1, tmdb: 7)
        var title = ArrTitleReading(id: 52, type: .movie)
        title.tmdb = 7
        let first = Self.wanted([request]).mark(title)
        #expect(first != nil)
        #expect(Self.wanted([request, Self.request(2, tmdb: 8)]).mark(title) == first)

        title.monitored = true
        #expect(Self.wanted([request]).mark(title) != first)
        title.monitored = nil
        #expect(Self.wanted([request]).mark(title) == first)

        var moved = request
        moved.stateChangedAt = Timestamp(milliseconds: 5)
        #expect(Self.wanted([moved]).mark(title) != first)
        #expect(Self.wanted([request, Self.request(3, tmdb: 7)]).mark(title) != first)
    }

    @Test("a title is wanted by its own number on its instance or by the medium's, and by nothing else")
    func concerns() {
        var bound = Self.request(1, tmdb: nil)
        bound.radarr = InstanceID(instance: "default", id: 52)
        let title = ArrTitleReading(id: 52, type: .movie)
        #expect(Self.wanted([bound]).mark(title) != nil)
        bound.radarr = InstanceID(instance: "4k", id: 52)
        #expect(Self.wanted([bound]).mark(title) == nil)
        #expect(Self.wanted([Self.request(1, tmdb: 7)]).mark(title) == nil)
    }

    @Test("the list lacks approved requests it does not name, and no others")
    func lacking() {
        var waiting = Self.request(2, tmdb: 8)
        waiting.state = .requested
        let open = [Self.request(1, tmdb: 7), waiting, Self.request(3, tmdb: 9), Self.request(4, tmdb: nil)]
        let wanted = Self.wanted(open)
        let lacking = wanted.lacking([9], open)
        #expect(lacking.map(\.id) == [1])
        let told = wanted.lack(of: open[0], at: Timestamp(milliseconds: 3))
        #expect(told?.fact == .inArr && told?.holds == false && told?.keys.tmdb == 7)
    }

    private static func wanted(_ open: [OpenRequest]) -> TitlesWanted {
        TitlesWanted(open, .radarr, instance: "default")
    }

    private static func request(_ id: Int64, tmdb: Int64?) -> OpenRequest {
        OpenRequest(
            id: id, mediaType: .movie, state: .approved, title: "Film \(id)", tmdb: tmdb, seasons: [], isAnime: false,
            stateChangedAt: Timestamp(milliseconds: 1))
    }
}
