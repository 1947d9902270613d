import Dashboard
import Foundation
import HTML
import Testing

@Suite("The way to the pages")
struct RailTests {
    private func places(_ page: PageContext) -> [String] {
        tags(MusicPage(page).whole(Samples.frame).string).compactMap { $0["data-go"] }
    }

    @Test("entries stand in their order, and those the viewer may not open are absent")
    func rights() {
        var page = PageContext()
        #expect(
            places(page) == [
                "activity", "requests", "library", "deletions", "music", "publishing", "history", "status", "settings",
            ])
        page.mayAdminister = false
        #expect(!places(page).contains("deletions") && !places(page).contains("settings"))
        page.maySeeJobs = false
        #expect(places(page) == ["activity", "requests", "music", "history", "status"])
    }

    @Test("who only sets up sees Settings alone")
    func setUp() {
        var page = PageContext()
        page.isSettingUp = true
        #expect(places(page) == ["settings"])
    }

    @Test("each page says which entry is its own, once in the rail and once under More")
    func current() {
        for sample in Samples.shells(PageContext()) {
            let current = tags(sample.page.string).filter { $0["aria-current"] == "page" }
            #expect(Set(current.compactMap { $0["href"] }) == ["/" + sample.name])
            #expect(current.compactMap { $0["data-go"] } == [sample.name])
        }
    }

    @Test("what the bar of a phone has no room for is under More, with the same addresses")
    func more() throws {
        let html = MusicPage(PageContext(basePath: "/marquee")).whole(Samples.frame).string
        let rest = try #require(html.components(separatedBy: "<details>").last?.components(separatedBy: "</nav>").first)
        let addresses = tags(rest).compactMap { $0["href"] }.filter { !$0.hasPrefix("#") }
        #expect(
            addresses == ["deletions", "music", "publishing", "history", "status", "settings"].map { "/marquee/" + $0 })
    }

    @Test("the help lists the keys that the module knows, and only those")
    func keys() {
        let html = MusicPage(PageContext()).whole(Samples.frame).string
        let module = String(decoding: Assets.js.bytes, as: UTF8.self)
        let known = try? #/const places = \{(.*)\}/#.firstMatch(in: module)
        let letters = known?.1.split(separator: ",").compactMap { $0.first { $0.isLetter } } ?? []
        #expect(letters == ["a", "r", "l", "h", "s"])
        for letter in letters { #expect(html.contains("<kbd>g</kbd><kbd>\(letter)</kbd>")) }
        #expect(html.components(separatedBy: "<kbd>g</kbd>").count - 1 == letters.count)
    }
}
