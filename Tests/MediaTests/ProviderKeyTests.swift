import Media
import TestSupport
import Testing

@Suite("ProviderKey")
struct ProviderKeyTests {
    private static let combinations = MediaType.allCases.flatMap { type in
        Provider.allCases.map { (type, $0) }
    }

    @Test("is another one for every number, however it is padded, in every namespace")
    func injective() {
        var random = SeededRandom(seed: 11)
        var seen: [UInt64: String] = [:]
        for _ in 0..<3_000 {
            let digits = 1 + random.below(15)
            let number = String((0..<digits).map { _ in Character("\(random.below(10))") })
            for (type, provider) in Self.combinations {
                let text = provider == .imdb ? "tt" + number : number
                guard let key = ProviderKey(type, provider, text.utf8) else { continue }
                let name = "\(type)|\(provider)|\(text)"
                #expect(seen.updateValue(name, forKey: key.code).map { $0 == name } ?? true, "\(name)")
            }
        }
        #expect(seen.count > 20_000)
    }

    @Test("keeps leading zeros apart", arguments: Provider.allCases)
    func leadingZeros(provider: Provider) {
        let prefix = provider == .imdb ? "tt" : ""
        let keys = ["603", "0603", "00603", "000603"].map { ProviderKey(.movie, provider, (prefix + $0).utf8) }
        #expect(Set(keys).count == 4)
        #expect(!keys.contains(nil))
    }

    @Test("keeps films and series apart, and every provider", arguments: ["5", "603", "999999999999999", "weird-id"])
    func namespaces(text: String) {
        let keys = Self.combinations.compactMap { ProviderKey($0.0, $0.1, text.utf8)?.code }
        #expect(Set(keys).count == Self.combinations.count)
    }

    @Test(
        "is none for what means none, in every namespace",
        arguments: ["", "0", " ", "  \t", "00", "\n0\r", "000000000000000000000"])
    func none(text: String) {
        for (type, provider) in Self.combinations { #expect(ProviderKey(type, provider, text.utf8) == nil) }
        #expect(IDText.meaningful(Array(text.utf8)) == nil)
    }

    @Test("ignores blanks around an id")
    func blanks() {
        #expect(ProviderKey(.movie, .tmdb, " 603\n".utf8) == ProviderKey(.movie, .tmdb, 603))
        #expect(ProviderKey(.movie, .imdb, "\ttt0133093 ".utf8) == ProviderKey(.movie, .imdb, "tt0133093".utf8))
    }

    @Test("compares IMDb's letters without case", arguments: ["TT0133093", "Tt0133093", "tT0133093"])
    func imdbCase(text: String) {
        #expect(ProviderKey(.movie, .imdb, text.utf8) == ProviderKey(.movie, .imdb, "tt0133093".utf8))
    }

    @Test("tells an IMDb number from one without its letters")
    func imdbWithoutLetters() {
        #expect(ProviderKey(.movie, .imdb, "0133093".utf8) != ProviderKey(.movie, .imdb, "tt0133093".utf8))
    }

    @Test("takes numbers of sixteen digits and any other text as a hash, without regard to case")
    func longTexts() {
        let texts = ["9999999999999999", "99999999999999999999", "abc", "tt", "tt12x", "ü"]
        #expect(Set(texts.compactMap { ProviderKey(.tv, .imdb, $0.utf8)?.code }).count == texts.count)
        #expect(ProviderKey(.tv, .anidb, "ABC".utf8) == ProviderKey(.tv, .anidb, "abc".utf8))
    }

    @Test("never equals the key of an item")
    func items() {
        var random = SeededRandom(seed: 12)
        for _ in 0..<2_000 {
            let id = JellyfinItemID(stored: (0..<16).map { _ in UInt8(random.below(256)) })
            #expect(ProviderKey.item(id).rank == 100)
        }
        let other = JellyfinItemID(stored: Array(repeating: 7, count: 16))
        let one = JellyfinItemID(stored: Array(repeating: 8, count: 16))
        #expect(ProviderKey.item(one) != ProviderKey.item(other))
    }

    @Test("ranks ids in the order of matching: TMDB first for films, TVDB first for series")
    func ranks() {
        func order(_ type: MediaType) -> [Provider] {
            Provider.allCases.filter { ProviderKey(type, $0, 5).map { $0.rank < 99 } ?? false }.sorted {
                (ProviderKey(type, $0, 5)?.rank ?? 99) < (ProviderKey(type, $1, 5)?.rank ?? 99)
            }
        }
        #expect(order(.movie) == [.tmdb, .imdb, .shokoSeries, .anidb, .tvdb])
        #expect(order(.tv) == [.tvdb, .tmdb, .imdb, .shokoSeries, .anidb])
    }

    @Test("names of providers are read back", arguments: Provider.allCases)
    func names(provider: Provider) {
        #expect(Provider(name: provider.name) == provider)
        #expect(Provider(name: "nobody") == nil)
    }
}
