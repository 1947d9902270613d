import Database
import Jobs
import Media
import Store
import TestSupport
import Testing

/// The table of library-sync.md §6: what the services say, and the stage it proves.
@Suite("Pending sync, stages", .timeLimit(.minutes(5)))
struct StageTests {
    /// One film's request and what is known of it.
    struct Film: Sendable, CustomTestStringConvertible {
        var name: String
        var status = 2
        var mediaStatus = 3
        var isInArr = true
        var hasFile = false
        var path = "/movies"
        /// Queue status and state, bytes left, words.
        var queue: (status: String, state: String, left: Int, words: String?)?
        var torrent: (state: String, progress: Double)?
        var stage: Stage
        var attention: Attention.Code?

        var testDescription: String { name }
    }

    static let films = [
        Film(name: "pending", status: 1, isInArr: false, stage: .requested),
        Film(name: "declined", status: 3, isInArr: false, stage: .declined),
        Film(name: "failed", status: 4, isInArr: false, stage: .failed, attention: .downloadError),
        Film(name: "a status of a later version", status: 9, isInArr: false, stage: .requested),
        Film(name: "approved, nothing in any queue", stage: .approved, attention: .notGrabbed),
        Film(name: "queued, nothing moving yet", queue: ("queued", "downloading", 100, nil), stage: .indexed),
        Film(
            name: "torrent loading", queue: ("downloading", "downloading", 60, nil), torrent: ("downloading", 0.4),
            stage: .downloading),
        Film(
            name: "torrent complete, import pending", queue: ("completed", "importPending", 0, nil),
            torrent: ("stalledUP", 1), stage: .downloadDone),
        Film(
            name: "the *arr imports", queue: ("completed", "importing", 0, nil), torrent: ("uploading", 1),
            stage: .importing),
        Film(
            name: "import blocked", queue: ("completed", "importBlocked", 0, "No files are eligible"),
            torrent: ("uploading", 1), stage: .importing, attention: .importBlocked),
        Film(name: "the *arr has the file, Jellyfin not", hasFile: true, stage: .syncingLibrary),
        Film(name: "anime with a file, not matched", hasFile: true, path: "/media/anime", stage: .animeMatching),
        Film(name: "completed by Seerr's word, nothing there", status: 5, mediaStatus: 5, stage: .approved),
        Film(
            name: "available by Seerr's word, the *arr has the file", status: 5, mediaStatus: 5, hasFile: true,
            stage: .syncingLibrary),
    ]

    @Test("each row of the table, in plan and store alike", arguments: TestDatabase.backends, films)
    func film(backend: Backend, film: Film) async throws {
        try await Bench.with(backend, { $0.hasShoko = true }) { bench in
            arrange([film], in: bench)
            let preview = try await bench.run { $0.isDryRun = true }
            #expect(preview.plan == ["1001": film.stage])
            let run = try await bench.run()
            #expect(run.job.state == .succeeded && run.report?.added == 1)
            let row = try #require(try await bench.rows().first)
            #expect(row.state == film.stage)
            if let code = film.attention {
                #expect(row.attention?.code == code, "\(String(describing: row.attention))")
            }
            #expect(row.requestedBy == "ada" && row.owner == "u1")
            #expect(row.createdAt == Timestamp(rfc3339: "2026-01-01T06:00:00.000Z"))
            #expect(row.title == "Title 1001" && row.year == 2025 && row.posterURL != nil)
            if film.torrent?.progress == 0.4 { #expect(row.progress?.percent == 40) }
            if let words = film.queue?.words { #expect(row.attention?.reason.contains(words) == true) }
        }
    }

    @Test("all of them in one run, with few calls")
    func all() async throws {
        try await Bench.with(.sqlite, { $0.hasShoko = true }) { bench in
            arrange(Self.films, in: bench)
            let run = try await bench.run()
            #expect(run.report?.added == Self.films.count)
            let stages = try await bench.stages()
            for (index, film) in Self.films.enumerated() {
                #expect(stages[index + 1] == film.stage, "\(film.name)")
                #expect(stages[index + 1] != .available)
            }
            #expect(bench.services.calls("radarr.test") <= 3 && bench.services.calls("qbittorrent.test") == 1)
            #expect(bench.services.calls("jellyfin.test") <= 3)
        }
    }

    private func arrange(_ films: [Film], in bench: Bench) {
        bench.services.change { content in
            for (index, film) in films.enumerated() {
                let id = index + 1
                content.requests.append(
                    .init(id: id, status: film.status, mediaStatus: film.mediaStatus))
                if film.isInArr {
                    content.movies.append(FakeServices.movie(id, hasFile: film.hasFile, path: film.path))
                }
                let hash = String(repeating: "0", count: 38) + String(10 + id)
                if let queue = film.queue {
                    content.movieQueue.append(
                        FakeServices.record(
                            id, movie: id, id: hash, status: queue.status, state: queue.state, left: queue.left,
                            words: queue.words))
                }
                if let torrent = film.torrent {
                    content.torrents.append(FakeServices.torrent(hash, torrent.state, torrent.progress))
                }
            }
        }
    }

    @Test("a season pack is one download, its size counted once; each season goes to whoever asked for it")
    func pack() async throws {
        try await Bench.with(.sqlite) { bench in
            let hash = String(repeating: "a", count: 40)
            bench.services.change { content in
                content.requests = [
                    .init(id: 1, isMovie: false, seasons: [1]), .init(id: 2, isMovie: false, seasons: [3]),
                ]
                content.series = [FakeServices.show(1), FakeServices.show(2)]
                content.seriesQueue = (1...4).map { number in
                    FakeServices.record(
                        number, show: 1, unit: (number > 3 ? 2 : 1, number), id: hash, status: "downloading",
                        state: "downloading", left: 50)
                }
                content.torrents = [FakeServices.torrent(hash, "downloading", 0.5)]
            }
            try await bench.run()
            let rows = try await bench.rows()
            #expect(rows.map(\.state) == [.downloading, .approved])
            #expect(rows.map(\.seasons) == [[1], [3]])
            let first = try #require(rows.first)
            #expect(first.progress?.bytesTotal == 100 && first.progress?.percent == 50)
            let tracked = try #require(try await bench.store.read { try $0.trackedRequest(first.id)?.facts })
            #expect(tracked.downloads.count == 1)
            #expect(tracked.downloads.first?.units == [UnitNumber(1, 1), UnitNumber(1, 2), UnitNumber(1, 3)])
        }
    }
}
