import Dashboard
import HTML
import Testing

/// W16: times are the viewer's own, right after load and after a patch, with summer time as it was then.
@Suite("Time zones", .serialized, .enabled(if: Browser.isInstalled, "needs chromium and chromedriver"))
struct ZoneTests {
    struct Place: Sendable {
        var zone: String
        /// 2023-11-14 22:13 UTC, and 2024-07-03 09:46 UTC, as they are said there.
        var winter, summer: String
    }

    private func words(_ id: Int64) -> String {
        "document.querySelector('#\(TimelineRow.elementID(id)) time')?.textContent.replace(/\\s/g, ' ')"
    }

    @Test(
        "say the viewer's own time",
        arguments: [
            Place(zone: "Asia/Kathmandu", winter: "Nov 15, 2023, 3:58 AM", summer: "Jul 3, 2024, 3:31 PM"),
            Place(zone: "America/Los_Angeles", winter: "Nov 14, 2023, 2:13 PM", summer: "Jul 3, 2024, 2:46 AM"),
        ])
    func zones(_ place: Place) async throws {
        let row = RequestsPage.Row(
            id: 17, title: "One", year: 2020, kind: .movie, stage: .downloading, origin: .request, requestedBy: "me",
            updatedAt: 0)
        var model = RequestPage.Model(row: row)
        model.timeline = [.init(id: 1, at: 1_700_000_000_000, service: "jellyseerr", event: "requested", text: "")]
        try await onStage("/request/17", request: model, timeZone: place.zone) { browser, stage in
            #expect(try await browser.run("return \(words(1))").text == place.winter)
            try await browser.wait("document.querySelector('#connection').dataset.state === 'live'")
            let entry = Timeline.Entry(
                id: 2, at: 1_720_000_000_000, service: "radarr", event: "grabbed", text: "")
            try stage.patch(30, [TimelineRow.elementID(2): TimelineRow(entry, PageContext()).body])
            try await browser.wait("\(words(2)) === '\(place.summer)'")
            #expect(try await browser.run("return \(words(1))").text == place.winter)
            // The server counts days and weeks in that zone too; some names of zones changed their spelling.
            let zone = try await browser.run("return /marquee_zone=([^;]+)/.exec(document.cookie)[1]").text
            #expect(zone?.replacing("Katmandu", with: "Kathmandu") == place.zone)
        }
    }
}
