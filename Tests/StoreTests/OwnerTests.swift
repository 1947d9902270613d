import Changes
import Database
import Media
import Store
import TestSupport
import Testing

@Suite("Whose a request is") struct OwnerTests {
    @Test("an owner who becomes known is told as such, once", arguments: TestDatabase.backends)
    func learning(backend: Backend) async throws {
        try await StoreBench.with(backend) { bench in
            var told = bench.seerr(.approved, id: 69, tmdb: 7)
            try await bench.book(told)
            told.details[.owner] = "ada1"
            for _ in 0..<2 {
                bench.clock.advance(.seconds(5))
                told.naturalKey += "+"
                try await bench.book(told)
            }
            let changes = try #require(try await bench.store.read { try $0.events(after: 0) })
                .filter { $0.topic == .request }.map { RequestChange(data: $0.data) }
            #expect(changes.first == .created)
            #expect(changes.dropFirst().first == .owned && changes.count { $0 == .owned } == 1, "\(changes)")
            #expect(try await bench.store.read { try $0.request(1, visibleTo: .owner("ada1")) } != nil)
            #expect(try await bench.store.read { try $0.request(1, visibleTo: .owner("bob2")) } == nil)
        }
    }

    @Test("owners stored before ids had one form get it", arguments: TestDatabase.backends)
    func migration(backend: Backend) async throws {
        let earlier = Array(Schema.migrations.prefix { $0.id != "0011-owners" })
        try await TestDatabase.with(backend, earlier) { database in
            let store = Store(database, changes: Changes()) { Timestamp(milliseconds: 0) }
            try await store.write { tx in
                for (id, owner) in [(1, "50A5812B-AA05-458E"), (2, "u1"), (3, nil)] as [(Int64, String?)] {
                    _ = try tx.raw.execute(
                        """
                        INSERT INTO requests(id, media_type, origin, title, title_key, state, uncertain, created_at,
                            updated_at, state_changed_at, version, owner)
                        VALUES($1, 'movie', 'request', 'T', 't', 'requested', 0, 0, 0, 0, 1, $2)
                        """, [.integer(id), Value(owner)])
                }
            }
            try await database.migrate(Schema.migrations)
            let owners = try await store.read { reader in
                try reader.rows("SELECT owner FROM requests ORDER BY id") { $0.optionalText(0) }
            }
            #expect(owners == ["50a5812baa05458e", "u1", nil])
        }
    }

    @Test("one user's requests come from an index, whatever else there is")
    func indexes() async throws {
        try await StoreBench.with(.sqlite) { bench in
            let plans: [SQL] = [
                """
                EXPLAIN QUERY PLAN SELECT title FROM requests WHERE owner = $1 AND state <> 'deleted' \
                ORDER BY updated_at DESC, id DESC LIMIT 51
                """,
                "EXPLAIN QUERY PLAN SELECT count(*) FROM requests WHERE owner = $1 AND state <> 'deleted'",
                """
                EXPLAIN QUERY PLAN SELECT media_type, state, origin, count(*) FROM requests WHERE owner = $1 \
                GROUP BY media_type, state, origin
                """,
            ]
            for sql in plans {
                let plan = try await bench.store.read { try $0.rows(sql, ["a"]) { $0.text(3) } }.joined(separator: "; ")
                #expect(plan.contains("USING INDEX requests_owner"), "\(plan)")
            }
        }
    }
}
