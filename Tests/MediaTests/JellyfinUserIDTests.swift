import Media
import Testing

@Suite("Jellyfin user ids")
struct JellyfinUserIDTests {
    @Test(
        "compare without dashes and case",
        arguments: [
            "50a5812b-aa05-458e-a7df-786d69146ba7", "50A5812BAA05458EA7DF786D69146BA7",
            "50a5812baa05458ea7df786d69146ba7",
        ])
    func forms(text: String) throws {
        #expect(try #require(JellyfinUserID(text)).text == "50a5812baa05458ea7df786d69146ba7")
    }

    @Test("are told apart by every other sign", arguments: ["u 1", "u1 ", "u1\u{0}", "ü1", "u１", "u_1"])
    func others(text: String) {
        #expect(JellyfinUserID(text) != JellyfinUserID("u1"))
    }

    @Test("need a sign", arguments: ["", "-", "----"])
    func empty(text: String) {
        #expect(JellyfinUserID(text) == nil)
    }
}
