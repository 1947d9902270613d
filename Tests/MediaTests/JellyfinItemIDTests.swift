import Media
import TestSupport
import Testing

@Suite("JellyfinItemID")
struct JellyfinItemIDTests {
    @Test("is one id with and without dashes, in either case")
    func forms() {
        let id = JellyfinItemID("0123456789abcdef0123456789abcdef")
        #expect(id?.bytes.count == 16)
        #expect(JellyfinItemID("01234567-89AB-CDEF-0123-456789ABCDEF") == id)
        #expect(id?.text == "0123456789abcdef0123456789abcdef")
    }

    @Test("keeps Emby's ids as their text, of any length", arguments: 1...40)
    func otherIDs(length: Int) throws {
        let text = String(repeating: "7", count: length - 1) + "x"
        let id = try #require(JellyfinItemID(text))
        #expect(id.text == text)
        #expect(JellyfinItemID(stored: id.bytes).text == text)
    }

    @Test("is none without text")
    func empty() {
        #expect(JellyfinItemID("") == nil)
    }

    @Test("never takes two texts for one id")
    func injective() {
        var random = SeededRandom(seed: 31)
        var seen: [JellyfinItemID: String] = [:]
        let digits = Array("0123456789abcdefg").map(String.init)
        for _ in 0..<5_000 {
            let text = (0..<(1 + random.below(34))).map { _ in random.pick(digits) }.joined()
            guard let id = JellyfinItemID(text) else { continue }
            #expect(id.text == text)
            #expect(seen.updateValue(text, forKey: id) ?? text == text)
        }
    }

    @Test("takes stored bytes of any length without crashing")
    func stored() {
        for count in 0..<40 { _ = JellyfinItemID(stored: Array(repeating: 0xff, count: count)).text }
    }
}
