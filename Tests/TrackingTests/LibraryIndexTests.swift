import Media
import TestSupport
import Testing

@testable import Tracking

@Suite("The index of Jellyfin's items")
struct LibraryIndexTests {
    @Test("finds what a plain scan over all items finds", arguments: 1...20)
    func agrees(seed: Int) {
        var random = SeededRandom(seed: UInt64(seed))
        var index = LibraryIndex()
        var all: [ItemReading] = []
        for number in 0..<200 {
            var item = ItemReading(
                id: JellyfinItemID(stored: Array(repeating: UInt8(number), count: 16)),
                kind: random.pick([.movie, .series, .episode]), title: "T\(random.below(40))", isPlayable: true)
            // Numbers repeat on purpose: one id leads to a set of items.
            item.tmdb = Int64(random.below(60))
            item.tvdb = random.chance(50) ? Int64(random.below(60)) : nil
            item.imdb = random.chance(30) ? "tt\(random.below(60))" : nil
            all.append(item)
            index.add(item, path: "/media/f\(random.below(50))/x.mkv")
            if random.chance(20) { index.add(item, path: nil) }
        }
        #expect(index.count == 200)
        for number in 0..<60 {
            let wanted = Set(all.filter { $0.kind == .movie && $0.tmdb == Int64(number) }.map(\.id))
            #expect(Set(index.candidates(["movie|tmdb|\(number)"])) == wanted)
            let shows = Set(all.filter { $0.kind == .series && $0.tvdb == Int64(number) }.map(\.id))
            #expect(Set(index.candidates(["series|tvdb|\(number)"])) == shows)
        }
        #expect(index.candidates(["movie|tmdb|99999"]).isEmpty)
        for number in 0..<70 {
            let keys = ["movie|imdb|tt\(number)", "series|tvdb|\(number)"]
            #expect(index.holdsAny(of: keys) == !index.candidates(keys).isEmpty)
        }
    }
}
