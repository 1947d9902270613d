import Dashboard
import Foundation
import HTML
import Testing

/// What the Content-Security-Policy of security.md §5 demands of every page.
@Suite("Content policy")
struct PolicyTests {
    @Test("no page holds an inline script, a style or a handler")
    func inline() {
        for sample in Samples.pages() {
            for tag in tags(sample.page.string) {
                #expect(tag.name != "style", "\(sample.name)")
                #expect(!tag.has("style"), "\(sample.name): \(tag)")
                #expect(!tag.attributes.contains { $0.name.hasPrefix("on") }, "\(sample.name): \(tag)")
                if tag.name == "script" { #expect(tag["src"]?.hasPrefix("/assets/app-") == true) }
            }
            #expect(sample.page.string.contains("></script>"))
        }
    }

    @Test("no page loads or sends anything from or to another host")
    func ownHost() {
        for sample in Samples.pages() {
            for tag in tags(sample.page.string) {
                let links = [tag["src"], tag["action"], tag.name == "link" ? tag["href"] : nil].compactMap(\.self)
                for link in links { #expect(link.hasPrefix("/") && !link.hasPrefix("//"), "\(sample.name): \(tag)") }
                if tag.name == "a", let href = tag["href"], href.contains("://") {
                    #expect(tag["rel"] == "noreferrer", "\(sample.name): \(tag)")
                }
            }
        }
    }

    @Test("every address is under the base path")
    func basePath() {
        for sample in Samples.pages(PageContext(basePath: "/marquee")) {
            for tag in tags(sample.page.string) {
                for name in ["href", "src", "action", "data-then"] {
                    guard let link = tag[name], link.hasPrefix("/") else { continue }
                    #expect(link.hasPrefix("/marquee/"), "\(sample.name): \(tag)")
                }
            }
        }
    }

    @Test("the module makes markup in one place only, through its trusted-types policy")
    func module() {
        let module = String(decoding: Assets.js.bytes, as: UTF8.self)
        let sinks = [
            "innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "new Function", "DOMParser",
            "srcdoc",
        ]
        for sink in sinks {
            let uses = module.components(separatedBy: sink).count - 1
            #expect(uses == (sink == "innerHTML" ? 1 : 0), "\(sink)")
        }
        #expect(module.contains("createPolicy('marquee'"))
    }

    @Test("the style sheet loads nothing")
    func styleSheet() {
        let css = String(decoding: Assets.css.bytes, as: UTF8.self)
        #expect(!css.contains("url(") && !css.contains("@import"))
    }
}
