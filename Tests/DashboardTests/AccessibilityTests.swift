import Dashboard
import HTML
import Testing

@Suite("Accessibility")
struct AccessibilityTests {
    @Test("every control has a label")
    func labels() {
        for sample in Samples.pages() {
            var labels = 0
            let all = pieces(sample.page.string)
            for (index, piece) in all.enumerated() {
                switch piece {
                case .open(let tag) where tag.name == "label": labels += 1
                case .close("label"): labels -= 1
                case .open(let tag) where ["input", "select", "textarea"].contains(tag.name):
                    #expect(tag["type"] == "hidden" || labels > 0 || tag.has("aria-label"), "\(sample.name): \(tag)")
                case .open(let tag) where tag.name == "button" || tag.name == "a":
                    let isNamed = tag["aria-label"]?.isEmpty == false || hasText(all[(index + 1)...], until: tag.name)
                    #expect(isNamed, "\(sample.name): \(tag)")
                case .open(let tag) where tag.name == "progress": #expect(tag.has("aria-label"))
                default: break
                }
            }
        }
    }

    private func hasText(_ pieces: ArraySlice<Piece>, until name: String) -> Bool {
        for piece in pieces {
            switch piece {
            case .close(name): return false
            case .text(let text) where text.contains { $0 != " " }: return true
            default: continue
            }
        }
        return false
    }

    @Test("one main part, one first heading, a language, and landmarks with names")
    func structure() {
        for sample in Samples.pages() {
            let all = tags(sample.page.string)
            #expect(all.count { $0.name == "main" } == 1)
            #expect(all.count { $0.name == "h1" } == 1, "\(sample.name)")
            #expect(all.first { $0.name == "html" }?["lang"] == "en")
            for nav in all where nav.name == "nav" { #expect(nav.has("aria-label"), "\(sample.name)") }
            for image in all where image.name == "img" { #expect(image.has("alt")) }
        }
    }

    @Test("ids are unique, and what is referred to exists")
    func references() {
        for sample in Samples.pages() {
            let all = tags(sample.page.string)
            let ids = all.compactMap { $0["id"] }
            #expect(Set(ids).count == ids.count, "\(sample.name): \(ids.sorted())")
            for reference in all.compactMap({ $0["aria-labelledby"] }) {
                #expect(ids.contains(reference), "\(sample.name): \(reference)")
            }
            for icon in all where icon.name == "use" {
                #expect(ids.contains(String(icon["href"]?.dropFirst() ?? "")), "\(sample.name): \(icon)")
            }
        }
    }

    @Test("tables have a caption and headers with a scope")
    func tables() {
        for sample in Samples.pages() {
            let all = tags(sample.page.string)
            #expect(all.count { $0.name == "table" } == all.count { $0.name == "caption" }, "\(sample.name)")
            for header in all where header.name == "th" { #expect(header.has("scope"), "\(sample.name)") }
        }
    }

    @Test("times are in UTC for machine and eye")
    func times() {
        for sample in Samples.pages() {
            var previous: Tag?
            for piece in pieces(sample.page.string) {
                switch piece {
                case .open(let tag): previous = tag
                case .text(let text) where previous?.name == "time":
                    #expect(text.hasSuffix("UTC"))
                    #expect(previous?["datetime"]?.hasSuffix("Z") == true)
                default: previous = nil
                }
            }
        }
    }

    @Test("a viewer who may not operate gets no button that would be refused")
    func readOnly() {
        var page = PageContext(mayOperate: false)
        page.mayVerify = false
        for sample in Samples.pages(page) where !sample.name.hasPrefix("settings-") {  // those open to admins only
            for form in tags(sample.page.string) where form.name == "form" && form["method"] == "post" {
                #expect(form["action"]?.hasSuffix("/resolve") == true, "\(sample.name): \(form)")
            }
            #expect(!sample.page.string.contains("type=\"submit\" class=\"button primary\""), "\(sample.name)")
            #expect(!sample.page.string.contains("dialog=override"), "\(sample.name)")
        }
    }

    @Test("a user may verify and keep a view of their own, and is offered nothing else that changes something")
    func user() {
        for sample in Samples.pages(PageContext(mayOperate: false)) where !sample.name.hasPrefix("settings-") {
            for form in tags(sample.page.string) where form.name == "form" && form["method"] == "post" {
                let action = form["action"] ?? ""
                // Many at once: for a user only to verify, as its buttons say.
                let isOwn =
                    action.contains("/saved-filters") || action.hasSuffix("/columns") || action.hasSuffix("/bulk")
                #expect(
                    isOwn || action.hasSuffix("/verify") || action.hasSuffix("/resolve"), "\(sample.name): \(action)")
            }
            #expect(!sample.page.string.contains("value=\"retry\""), "\(sample.name)")
        }
    }
}
