import Changes
import Dashboard
import Database
import HTTPServer
import Media
import Shapes
import Store
import TestSupport
import Testing

@testable import API

@Suite("Whose requests are shown")
struct OwnerTests {
    /// Who asked for requests 1 to 6.
    static let owners: [String?] = ["ada", "bob", nil, "ada", "bob", nil]
    static let callers: [Visibility] = [.all, .owner("ada"), .owner("bob"), .owner("eve")]

    static func own(_ visibility: Visibility) -> [Int64] {
        (1...6).filter { id in
            switch visibility {
            case .all: true
            case .owner(let owner): owners[Int(id) - 1] == owner
            }
        }
    }

    /// Titles name their owners; the odd ones need somebody, the others are on their way.
    static func fill(_ store: Store) async throws {
        try await store.write { tx in
            for id in 1...6 as ClosedRange<Int64> {
                let title = "Wish of \(owners[Int(id) - 1] ?? "someone")"
                _ = try tx.raw.execute(
                    """
                    INSERT INTO requests(id, media_type, origin, title, title_key, state, uncertain, owner, created_at,
                        updated_at, state_changed_at, version, attention_code, attention_reason, attention_since,
                        attention_source, poster_url)
                    VALUES($1, 'movie', 'request', $2, $3, 'importing', 0, $4, 0, 0, 0, 1, $5, 'why', 0, 'radarr', $6)
                    """,
                    [
                        .integer(id), .text(title), .text(TitleKey.fold(title)), Value(owners[Int(id) - 1]),
                        Value(id % 2 == 1 ? Media.Attention.Code.timeout.rawValue : nil), .text("poster of \(id)"),
                    ])
                try tx.raw.execute(
                    "INSERT INTO requests_search(rowid, title_key) VALUES($1, $2)",
                    [.integer(id), .text(TitleKey.fold(title))])
                try tx.appendTimeline(
                    id, key: "k", at: Timestamp(milliseconds: 0), service: "jellyseerr", event: "approved",
                    state: .approved)
                tx.count(RequestCount(mediaType: .movie, state: .importing, origin: .request), 1)
            }
        }
    }

    @Test("every part of a foreign request is as missing as one that never was", arguments: callers)
    func parts(visibility: Visibility) async throws {
        try await TestAPI.with { api in
            try await Self.fill(api.store)
            for id in 1...8 as ClosedRange<Int64> {
                let isOwn = Self.own(visibility).contains(id)
                #expect(try await (api.detail(of: id, visibleTo: visibility) != nil) == isOwn)
                #expect(try await (api.episodes(of: id, visibleTo: visibility) != nil) == isOwn)
                #expect(try await (api.timeline(of: id, visibleTo: visibility)?.count) == (isOwn ? 1 : nil))
                #expect(try await (api.posterURL(of: id, visibleTo: visibility) != nil) == isOwn)
                let page = try await api.requestModel(id, visibleTo: visibility, for: nil)
                #expect(page?.row.id == (isOwn ? id : nil))
            }
        }
    }

    @Test("pages and figures are of what the caller may know of", arguments: callers)
    func pages(visibility: Visibility) async throws {
        try await TestAPI.with { api in
            try await Self.fill(api.store)
            let own = Self.own(visibility)
            let troubled = own.filter { $0 % 2 == 1 }
            let activity = try await api.activityModel(visibleTo: visibility)
            #expect(activity.attention.rows.map(\.id) == troubled)
            #expect(activity.attention.total == Int64(troubled.count))
            #expect(activity.moving.rows.map(\.id) == own.filter { $0 % 2 == 0 })
            #expect(activity.moving.total == Int64(own.count - troubled.count))
            #expect(
                try await api.frame(visibleTo: visibility, showsJobs: false, version: 1).attention
                    == Int64(troubled.count))
            for search in ["", "q=wish", "q=bob", "attention=true", "requested_by=bob"] {
                let query = try #require(Query(Substring(search)))
                let list = try await api.requestsModel(
                    Request("GET", path: "/requests", query: query), visibleTo: visibility)
                #expect(Set(list.rows.map(\.id)).isSubset(of: own), "\(search)")
                #expect(list.total == Int64(list.rows.count))
                if search == "q=wish" { #expect(list.rows.count == own.count) }
            }
            let stats = String(decoding: try await api.stats(visibleTo: visibility).jsonBytes, as: UTF8.self)
            #expect(stats.contains("\"importing\":\(own.count)"))
            #expect(stats.contains("\"attention\":{\"total\":\(troubled.count)"))
        }
    }

    @Test("running jobs are on the pages of those who may see jobs")
    func jobs() async throws {
        try await TestAPI.with { api in
            _ = try await api.store.write { tx in
                try tx.startJob(
                    NewJob(kind: "library_sync", target: "library", startedBy: "x", lane: nil), owner: "o",
                    lease: .seconds(60))
            }
            #expect(try await api.frame(visibleTo: .all, showsJobs: true, version: 1).jobs.count == 1)
            #expect(try await api.frame(visibleTo: .owner("ada"), showsJobs: false, version: 1).jobs.isEmpty)
        }
    }
}
