import HTML
import Testing

private struct Badge: Component {
    let word: String
    var body: Markup { span(.class("badge")) { word } }
}

@Suite("Builder")
struct BuilderTests {
    @Test("keeps children in order through branches, loops, components and optionals")
    func order() {
        let missing: String? = nil
        let isOpen = true
        let list = ul {
            for number in 1...2 { li { String(number) } }
            if isOpen { li { Badge(word: "open") } } else { li { "shut" } }
            missing
            if let missing { li { missing } }
        }
        #expect(list.string == "<ul><li>1</li><li>2</li><li><span class=\"badge\">open</span></li></ul>")
    }

    @Test("renders nothing for an empty body and for absent attributes")
    func absent() {
        #expect(div(.named("lang", nil as String?), .flag("hidden", false), .none).string == "<div></div>")
        #expect(input(.type("checkbox"), .flag("checked")).string == "<input type=\"checkbox\" checked>")
    }

    @Test("starts a document in standards mode with its language")
    func page() {
        let page = document(language: "en", .data("theme", "dark")) { body { "x" } }
        #expect(page.string == "<!doctype html>\n<html lang=\"en\" data-theme=\"dark\"><body>x</body></html>\n")
    }

    @Test("loads scripts by address only")
    func script() {
        #expect(module(src: "/assets/app.js").string == "<script type=\"module\" src=\"/assets/app.js\"></script>")
    }

    @Test("trusts literals, also those of one character")
    func literals() {
        #expect(Markup(trusted: "<br>").string == "<br>")
        #expect(Markup(trusted: "é").string == "é")
        #expect(Markup().isEmpty)
    }
}
