import Dashboard
import Testing

/// W17: from Activity into a request and through a dialog and back, by keys alone.
@Suite("By keys alone", .serialized, .enabled(if: Browser.isInstalled, "needs chromium and chromedriver"))
struct KeyboardTests {
    private static let tab = "\u{E004}"
    private static let enter = "\u{E007}"
    private static let escape = "\u{E00C}"

    private func model() -> RequestPage.Model {
        var row = RequestsPage.Row(
            id: 17, title: "Mushishi", year: 2005, kind: .tv, stage: .importing, origin: .request, requestedBy: "me",
            updatedAt: 0)
        row.retry = .search(service: "sonarr")
        return RequestPage.Model(row: row)
    }

    @Test("the focus goes in order, is seen, stays in a dialog, and comes back; every control has a name")
    func way() async throws {
        let model = model()
        var activity = ActivityPage.Model()
        activity.moving = .init(rows: [model.row])
        try await onStage("/", activity: activity, request: model) { browser, _ in
            try await browser.wait("document.querySelector('#connection').dataset.state === 'live'")
            #expect(try await browser.namelessControls() == [])
            try await browser.press(Self.tab)
            #expect(try await browser.run("return document.activeElement.className").text == "skip")
            #expect(try await browser.run("return document.activeElement.getBoundingClientRect().top >= 0").isTrue)
            try await browser.press(Self.enter)
            try await browser.wait("document.activeElement.id === 'main'")
            try await browser.press(Self.tab)
            try await browser.wait("document.activeElement.textContent === 'Mushishi'")
            try await browser.press(Self.enter)
            try await browser.wait("location.pathname === '/request/17'")
            try await browser.wait("document.querySelector('#connection').dataset.state === 'live'")
            #expect(try await browser.namelessControls() == [])
            try await walk(browser)

            try await browser.press(Self.enter)
            try await browser.wait("document.querySelector('#dialog-override:modal')?.contains(document.activeElement)")
            #expect(try await browser.namelessControls() == [])
            for _ in 0..<8 {
                try await browser.press(Self.tab)
                // Behind the last control come the browser's own; never the page below.
                let isInside = try await browser.run(
                    """
                    const here = document.activeElement
                    return here === document.body || Boolean(here.closest('#dialog-override'))
                    """)
                #expect(isInside.isTrue)
            }
            try await browser.press(Self.escape)
            try await browser.wait("!document.querySelector('#dialog-override') && location.search === ''")
            try await browser.wait("document.activeElement.matches('a[href$=\"dialog=override\"]')")
        }
    }

    /// Tabs from the top to the link of the dialog, in the order of the page, with a ring that is seen.
    private func walk(_ browser: Browser) async throws {
        try await browser.run(
            """
            window.order = []
            document.addEventListener('focusin', event => {
                const style = getComputedStyle(event.target)
                order.push({ element: event.target, isSeen: style.outlineStyle !== 'none' || style.boxShadow !== 'none' })
            })
            """)
        _ = try await poll("the focus at the dialog's link", until: .seconds(30)) {
            try await browser.press(Self.tab)
            let isThere = try await browser.run("return document.activeElement.matches('a[href$=\"dialog=override\"]')")
            return isThere.isTrue ? () : nil
        }
        let facts = try await browser.run(
            """
            const inOrder = order.every((e, i) => !i
                || order[i - 1].element.compareDocumentPosition(e.element) & Node.DOCUMENT_POSITION_FOLLOWING)
            return [inOrder, order.filter(e => !e.isSeen).map(e => e.element.outerHTML.slice(0, 90)),
                document.querySelectorAll('[tabindex]:not([tabindex="0"]):not([tabindex="-1"])').length]
            """)
        #expect(facts == [true, [], 0])
    }
}
