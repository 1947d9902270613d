import Media
import TestSupport
import Testing

@Suite("PathKey")
struct PathKeyTests {
    @Test(
        "is the same for every way of writing a path",
        arguments: [
            ("/data/movies/A (2020)/a.mkv", "data/movies/A (2020)/a.mkv"), ("C:\\media\\a.mkv", "C:/media/a.mkv"),
            ("//a///b//", "a/b"), ("", ""), ("/", ""), ("a.mkv", "a.mkv"), ("/Ame\u{301}lie/é.mkv", "Amélie/é.mkv"),
        ])
    func normal(path: String, key: String) {
        #expect(PathKey.normal(path) == key)
    }

    @Test("has three levels, from the whole path to the name of the file")
    func levels() {
        #expect(PathKey.levels(of: "/a/b/c.mkv") == ["a/b/c.mkv", "b/c.mkv", "c.mkv"])
        #expect(PathKey.levels(of: "/a/b\\ç.mkv") == ["a/b/ç.mkv", "b/ç.mkv", "ç.mkv"])
        #expect(PathKey.levels(of: "/b/c.mkv") == ["b/c.mkv", "c.mkv"])
        #expect(PathKey.levels(of: "c.mkv") == ["c.mkv"])
        #expect(PathKey.levels(of: "//").isEmpty)
    }

    @Test("the short cut for ASCII agrees with the long way")
    func shortCut() {
        var random = SeededRandom(seed: 23)
        let letters = ["/", "\\", "a", "B", ".", " ", "\t", "~"]
        for _ in 0..<3_000 {
            let path = (0..<random.below(16)).map { _ in random.pick(letters) }.joined()
            // One more letter sends the same path the long way.
            #expect(PathKey.normal(path + "x") + "各" == PathKey.normal(path + "x各"))
            let parts = PathKey.normal(path).split(separator: "/").map(String.init)
            let wanted = [parts.count, 2, 1].filter { $0 <= parts.count && $0 > 0 }
                .map { parts.suffix($0).joined(separator: "/") }
            #expect(PathKey.levels(of: path) == wanted.reduce(into: []) { if $0.last != $1 { $0.append($1) } })
        }
    }
}
