import HTML
import Testing

@testable import Dashboard

/// The sentences of tracking.md §6 and §7.
@Suite("Words of events and troubles")
struct WordsTests {
    private static let large = ["size": "21689789645"]

    @Test(
        "write an event as tracking.md has it",
        arguments: [
            (
                "grabbed", ["units": "S01E01–E13", "count": "13", "quality": "Bluray-1080p"],
                "Grabbed S01E01–E13, 13 episodes"
            ),
            (
                "grabbed", ["quality": "Bluray-1080p", "indexer": "INDEXER", "size": "1181116032"],
                "Grabbed Bluray-1080p from INDEXER, 1.1 GiB"
            ),
            ("grabbed", ["quality": "HDTV-720p", "units": "S01E05"], "S01E05: Grabbed HDTV-720p"),
            ("grabbed", ["indexer": "INDEXER"], "Grabbed from INDEXER"), ("grabbed", [:], "Grabbed"),
            ("grabbed", ["count": "13"], "Grabbed 13 episodes"),
            ("downloading", ["size": "1181116032"], "Downloading, 1.1 GiB"), ("downloading", [:], "Downloading"),
            ("downloading", ["size": "0"], "Downloading"), ("downloading", ["size": "-1"], "Downloading"),
            ("downloaded", large, "Downloaded 20.2 GiB"), ("downloaded", ["size": "0"], "Downloaded"),
            ("imported", ["file": "A.mkv"], "Imported A.mkv"), ("imported", ["files": "12"], "Imported 12 files"),
            ("imported", ["file": ""], "Imported"), ("upgraded", ["quality": "Remux-2160p"], "Upgraded to Remux-2160p"),
            ("submit_failed", ["reason": "No profile"], "Seerr could not pass it on: No profile"),
            ("in_arr", ["service": "radarr"], "Added to Radarr"),
            (
                "override", ["name": "mira", "stage": "available", "reason": "On disc"],
                "Set to Available by mira: On disc"
            ),
            ("override", ["name": "mira", "reason": "Is anime"], "Overridden by mira: Is anime"),
            ("override_cleared", ["name": "mira"], "Override lifted by mira"),
            ("synced_from_library", [:], "Synced from library"),
        ] as [(String, [String: String], String)])
    func events(event: String, values: [String: String], text: String) {
        #expect(TimelineWords.text(event, values) == text)
    }

    private static let names = [
        "requested", "approved", "declined", "request_gone", "submit_failed", "in_arr", "release_search", "grabbed",
        "indexed", "downloading", "downloaded", "download_done", "torrent_done", "download_failed", "failed", "ignored",
        "imported", "importing", "import_blocked", "upgraded", "file_replaced", "file_removed", "path_changed",
        "file_seen", "file_matched", "file_unmatched", "match_failed", "anime_matching", "attention", "download_gone",
        "available_uncertain",
        "earlier_tracker",
        "retry_accepted", "override", "override_cleared", "syncing_library", "scan_requested", "available", "deleted",
        "synced_from_library", "found_in_library", "metadata_filled",
    ]

    @Test("leave no placeholder and no size of nothing, whatever values are there", arguments: names)
    func complete(event: String) throws {
        let names = [
            "quality", "indexer", "size", "units", "count", "file", "reason", "name", "service", "stage", "files",
            "upgrade", "action",
        ]
        var random = SystemRandomNumberGenerator()
        for _ in 0..<200 {
            var values: [String: String] = [:]
            for name in names where Bool.random(using: &random) {
                values[name] = ["", "0", "13", "Mushishi", "available"].randomElement(using: &random)
            }
            let text = try #require(TimelineWords.text(event, values))
            #expect(!text.isEmpty && !text.contains("{") && !text.contains("‹"), "\(values): \(text)")
            #expect(!text.contains("0 B") && !text.hasSuffix(": ") && !text.hasSuffix(", "), "\(values): \(text)")
        }
    }

    @Test("an event of a later version keeps the text it was recorded with")
    func unknown() {
        #expect(TimelineWords.text("of_tomorrow", [:]) == nil)
        let entry = Timeline.Entry(id: 1, at: 0, service: "plex", event: "of_tomorrow", text: "Plex said hello")
        #expect(TimelineRow(entry, PageContext()).body.string.contains("<bdi>Plex said hello</bdi>"))
    }

    @Test(
        "sizes and speeds are never nothing",
        arguments: [
            (Int64(0), String?.none), (-5, nil), (1, "1 B"), (999, "999 B"), (1000, "1 KiB"),
            (1_181_116_032, "1.1 GiB"),
            (21_689_789_645, "20.2 GiB"), (1_048_576, "1 MiB"), (1_047_552, "1 MiB"), (.max, "8192 PiB"),
        ])
    func sizes(bytes: Int64, text: String?) {
        #expect(BytesText.size(bytes) == text)
    }
}
