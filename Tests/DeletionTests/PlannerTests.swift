import Media
import Store
import Testing

@testable import Deletion

@Suite struct PlannerTests {
    @Test("a film goes from every service that holds it, requests before the record that holds them") func film() {
        let item = Sample.plan(Sample.film())
        #expect(
            item.steps.map(\.service) == [.qbittorrent, .sonarr, .radarr, .shoko, .jellyfin, .jellyseerr, .jellyseerr])
        #expect(
            item.steps.map(\.target) == [
                "torrent:\(Sample.hash(1).text)", "", "movie:53", "", "items", "request:69", "media:41",
            ])
        #expect(item.statuses(.sonarr) == [.notApplicable] && item.statuses(.shoko) == [.notApplicable])
        #expect(item.steps(.qbittorrent).first?.work == .torrent(hash: Sample.hash(1).text, withFiles: true))
        #expect(item.undo.restores == [.radarr, .jellyseerr])
        #expect(item.undo.cannot.contains("files") && item.undo.cannot.contains("torrent"))
        #expect(item.bytes == 4_000 && item.refusal == nil && item.endsRows)
    }

    @Test("without files the *arr forgets it, and what needs the files stays") func filesRetained() {
        let item = Sample.plan(Sample.film(), Sample.options(files: false))
        #expect(item.statuses(.jellyfin) == [.skipped] && item.statuses(.qbittorrent) == [.skipped])
        guard case .title(let work)? = item.steps(.radarr).first?.work else {
            Issue.record("no title")
            return
        }
        #expect(!work.withFiles && work.filesFirst.isEmpty)
        #expect(item.statuses(.jellyseerr) == [.pending, .pending])
        let removed = Sample.plan(Sample.film(), Sample.options(files: false) { $0.torrents = .remove })
        #expect(removed.steps(.qbittorrent).first?.work == .torrent(hash: Sample.hash(1).text, withFiles: false))
    }

    @Test("safe mode calls nobody: without a stored id nothing is needed, with one it is skipped") func disabled() {
        var facts = Sample.film()
        facts.asked.hashes = []
        facts.arrs[0].hashes = .known([:])
        let item = Sample.plan(facts, Sample.options(), .disabled)
        #expect(item.statuses(.qbittorrent) == [.notNeeded] && item.statuses(.radarr) == [.skipped])
        #expect(item.statuses(.jellyfin) == [.skipped] && item.statuses(.jellyseerr) == [.skipped])
        #expect(!item.steps.contains { $0.status.isOpen })
    }

    @Test("what could not be looked up fails and can be retried; it is never not needed") func unknown() {
        var facts = Sample.film()
        facts.arrs[0].entries = .unknown("radarr: unreachable")
        facts.seerr = [SeerrFacts("default", .unknown("jellyseerr: 500"))]
        facts.jellyfin = JellyfinFacts("default", .unknown("jellyfin: html"))
        facts.clients = [ClientFacts("default", .unknown("qbittorrent: refused"))]
        let item = Sample.plan(facts)
        for service in [DeletionService.radarr, .jellyseerr, .jellyfin, .qbittorrent] {
            #expect(item.statuses(service) == [.failed], "\(service)")
        }
        #expect(Set(item.unknown) == [.qbittorrent, .radarr, .jellyfin, .jellyseerr])
    }

    @Test("proven absent is not needed; two of one number refuse") func absentAndAmbiguous() {
        var facts = Sample.film()
        facts.arrs[0].entries = .known([])
        facts.seerr = [SeerrFacts("default", .known(nil))]
        let absent = Sample.plan(facts)
        #expect(absent.statuses(.radarr) == [.notNeeded] && absent.statuses(.jellyseerr) == [.notNeeded])
        facts.asked.row.radarr = nil
        facts.arrs[0].entries = .known([Sample.entry(1), Sample.entry(2)])
        #expect(Sample.plan(facts).refusal?.code == "ambiguous_target")
        // The row is bound to one of them: that one is meant.
        facts.asked.row.radarr = InstanceID(instance: "default", id: 2)
        #expect(Sample.plan(facts).steps(.radarr).map(\.target) == ["movie:2"])
    }

    @Test("a folder shared with another title: own files go one by one, common ones stay") func overlap() {
        var facts = Sample.film()
        facts.arrs[0].files = .known([Sample.file(1, "/m/own.mkv"), Sample.file(2, "/m/common.mkv")])
        facts.arrs[0].overlaps = .known([.init(title: "Other", path: "/m", files: ["/m/common.mkv"])])
        let item = Sample.plan(facts)
        guard case .title(let work)? = item.steps(.radarr).first?.work else {
            Issue.record("no title")
            return
        }
        #expect(!work.withFiles && work.filesFirst == [1])
        #expect(item.warnings.contains { $0.code == "folder_shared" })
        facts.arrs[0].overlaps = .unknown("radarr: timed out")
        #expect(Sample.plan(facts).statuses(.radarr) == [.failed])
    }

    @Test("torrents that others need stay, and say for whom") func torrents() {
        var facts = Sample.film()
        facts.asked.sharers = [Sample.hash(1): ["Loud Harbour"]]
        #expect(Sample.plan(facts).steps(.qbittorrent).first?.details == "Shared with Loud Harbour")
        #expect(Sample.plan(facts, Sample.options { $0.torrents = .remove }).statuses(.qbittorrent) == [.skipped])
        facts.asked.sharers = [:]
        facts.clients = [
            ClientFacts(
                "default",
                .known([
                    Sample.torrent(1) {
                        $0.isPrivate = true
                        $0.ratio = 0.2
                        $0.ratioGoal = 1
                    }
                ]))
        ]
        #expect(Sample.plan(facts).steps(.qbittorrent).first?.details == "Seeding goal not reached")
        #expect(Sample.plan(facts, Sample.options { $0.torrents = .remove }).statuses(.qbittorrent) == [.pending])
        #expect(Sample.plan(facts, Sample.options { $0.torrents = .keep }).statuses(.qbittorrent) == [.skipped])
        let twin = Sample.torrent(9) { $0.contentPath = "/downloads/torrent-1" }
        facts.clients = [ClientFacts("default", .known([Sample.torrent(1), twin]))]
        #expect(
            Sample.plan(facts).steps(.qbittorrent).first?.work == .torrent(hash: Sample.hash(1).text, withFiles: false))
    }

    @Test("of a pair only the copy that was asked for goes") func pair() {
        var facts = Sample.film()
        facts.asked = Sample.row(variant: .hd, seerr: [69], hashes: [Sample.hash(1)])
        facts.siblings = [Sample.row(2, variant: .uhd, seerr: [70])]
        facts.arrs[0].variant = .hd
        facts.arrs.append(ArrFacts(.radarr, "4k", variant: .uhd, entries: .known([Sample.entry(9)])))
        facts.jellyfin = JellyfinFacts(
            "default", .known([Sample.holding(1, width: 1_920), Sample.holding(2, width: 3_840)]))
        facts.seerr = [SeerrFacts("default", .known(Sample.media([Sample.request(69), Sample.request(70, .uhd)])))]
        let item = Sample.plan(facts)
        #expect(item.subject.requests == [1])
        #expect(item.steps(.radarr).map(\.instance) == ["default"])
        #expect(item.steps(.jellyseerr).map(\.target) == ["request:69"])
        guard case .items(let work)? = item.steps(.jellyfin).first?.work else {
            Issue.record("no items")
            return
        }
        #expect(work.items.map(\.id) == [Sample.item(1).text])
    }

    @Test("a series' row takes its own seasons; what holds more stays") func seasons() {
        let item = Sample.plan(Sample.series())
        guard case .part(let work)? = item.steps(.sonarr).first?.work else {
            Issue.record("no part")
            return
        }
        #expect(work.seasons == [1] && work.files == [11, 12, 13] && work.episodes == [101, 102, 103])
        #expect(item.steps(.jellyseerr).map(\.target) == ["request:69"])
        #expect(item.endsRows && item.subject.requests == [1])
        // Without files only watching ends.
        guard
            case .part(let kept)? = Sample.plan(Sample.series(), Sample.options(files: false)).steps(.sonarr).first?
                .work
        else {
            Issue.record("no part")
            return
        }
        #expect(kept.files.isEmpty && kept.seasons == [1])
    }

    @Test("the last season takes the series, and every row of it, along") func lastSeason() {
        var facts = Sample.series()
        let seasons = [ArrEntry.Season(number: 1, files: 3), ArrEntry.Season(number: 2, files: 0)]
        facts.arrs[0].entries = .known([Sample.entry(7, .tv, seasons: seasons)])
        #expect(Sample.plan(facts).steps(.sonarr).map(\.target) == ["series:7"])
        facts.siblings = [Sample.row(2, .tv, seasons: [1])]
        #expect(Sample.plan(facts).subject.requests == [1, 2])
        facts.siblings = [Sample.row(2, .tv, seasons: [2])]
        #expect(Sample.plan(facts).steps(.sonarr).map(\.target) == ["series:7:part"])
    }

    @Test("a file of several episodes goes only with all of them; a scope ends no row") func scope() {
        var facts = Sample.series()
        facts.arrs[0].files = .known([
            Sample.file(1, "/a.mkv", [UnitNumber(2, 1), UnitNumber(2, 2)]),
            Sample.file(2, "/b.mkv", [UnitNumber(2, 3)]),
        ])
        let options = Sample.options { options in
            options.scope = DeletionScope(episodes: [.init(season: 2, episode: 1), .init(season: 2, episode: 3)])
        }
        let item = Sample.plan(facts, options)
        guard case .part(let work)? = item.steps(.sonarr).first?.work else {
            Issue.record("no part")
            return
        }
        #expect(work.files == [2] && work.episodes == [201, 203])
        #expect(!item.endsRows && item.warnings.contains { $0.code == "file_shared" })
        #expect(item.steps(.jellyseerr).map(\.details) == ["Other seasons remain"])
    }

    @Test("a pack that brought more than goes is kept") func pack() {
        var facts = Sample.series()
        facts.clients = [ClientFacts("default", .known([Sample.torrent(1)]))]
        facts.arrs[0].hashes = .known([Sample.hash(1): [101, 102, 103, 201]])
        #expect(Sample.plan(facts).statuses(.qbittorrent) == [.skipped])
        facts.arrs[0].hashes = .known([Sample.hash(1): [101, 102, 103]])
        #expect(Sample.plan(facts).statuses(.qbittorrent) == [.pending])
    }

    @Test("made elsewhere: the origin is skipped, and others only recorded unless it is propagated") func external() {
        let recorded = Sample.plan(Sample.film(), Sample.options(), .external(origin: .radarr, propagates: false))
        #expect(recorded.steps(.radarr).map(\.details) == ["Origin of the deletion"])
        #expect(recorded.steps(.jellyfin).map(\.details) == [DeletionLog.recordedOnly])
        #expect(!recorded.steps.contains { $0.status.isOpen })
        var gone = Sample.film()
        gone.arrs[0].entries = .known([])
        let absent = Sample.plan(gone, Sample.options(), .external(origin: .radarr, propagates: true))
        #expect(absent.steps(.radarr).map(\.details) == ["Origin of the deletion"])
        let propagated = Sample.plan(Sample.film(), Sample.options(), .external(origin: .radarr, propagates: true))
        #expect(propagated.statuses(.jellyfin) == [.pending] && propagated.statuses(.radarr) == [.skipped])
    }

    @Test(
        "the year is the row's, else one in brackets at the title's end",
        arguments: [
            ("Summer Ghost (2021)", Int64?(2021)), ("Summer Ghost (1899)", nil), ("Summer Ghost", nil),
            ("(2021) Ghost", nil),
            ("Ghost (20x1)", nil),
        ])
    func year(title: String, year: Int64?) { #expect(DeletionPlanner.year(in: title) == year) }
}
