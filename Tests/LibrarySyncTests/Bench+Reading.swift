import Database
import Jobs
import LibrarySync
import Media
import Store
import Testing

extension Bench {
    /// Every row of the tables a run may write, as text.
    func dump(ignoring ignored: Set<String> = []) async throws -> [String] {
        try await store.read { reader in
            var lines: [String] = []
            func add(_ name: String, _ statement: SQL) throws {
                guard !ignored.contains(name) else { return }
                try reader.query(statement) { row in
                    lines.append(name + " " + (0..<row.columnCount).map { "\(row.value($0))" }.joined(separator: "|"))
                }
            }
            try add("requests", "SELECT * FROM requests ORDER BY id")
            try add("keys", "SELECT * FROM request_keys ORDER BY request_id, kind, instance, value")
            try add("facts", "SELECT * FROM facts ORDER BY id")
            try add("timeline", "SELECT * FROM timeline ORDER BY id")
            try add("changes", "SELECT * FROM changes ORDER BY id")
            try add("findings", "SELECT * FROM findings ORDER BY id")
            return lines
        }
    }

    /// Requests without the two columns that count changes, and their keys.
    func contents() async throws -> [String] {
        try await store.read { reader in
            var lines: [String] = []
            let columns: SQL = """
                id, media_type, origin, variant, title, title_key, year, overview, poster_url, jellyfin_instance,
                jellyfin_id, tmdb_id, tvdb_id, imdb_id, radarr_instance, radarr_id, sonarr_instance, sonarr_id, is_anime,
                state, uncertain, requested_by, created_at, state_changed_at, available_at, available_approximate
                """
            try reader.query("SELECT " + columns + " FROM requests ORDER BY id") { row in
                lines.append((0..<row.columnCount).map { "\(row.value($0))" }.joined(separator: "|"))
            }
            try reader.query("SELECT * FROM request_keys ORDER BY request_id, kind, instance, value") { row in
                lines.append((0..<row.columnCount).map { "\(row.value($0))" }.joined(separator: "|"))
            }
            return lines
        }
    }

    /// The counters equal the rows, no key or story is without its row, and search finds every title.
    func checkConsistency(_ location: SourceLocation = #_sourceLocation) async throws {
        let (counted, real, orphans) = try await store.read { reader in
            var real: [String: Int64] = [:]
            try reader.query(
                "SELECT media_type, state, origin, count(*) FROM requests GROUP BY media_type, state, origin"
            ) {
                real["\($0.text(0))|\($0.text(1))|\($0.text(2))"] = $0.integer(3)
            }
            var counted: [String: Int64] = [:]
            for (what, count) in try reader.requestCounts() where count != 0 {
                counted["\(what.mediaType.rawValue)|\(what.state.rawValue)|\(what.origin.rawValue)"] = count
            }
            var orphans: Int64 = 0
            for statement: SQL in [
                "SELECT count(*) FROM request_keys WHERE request_id NOT IN (SELECT id FROM requests)",
                "SELECT count(*) FROM facts WHERE request_id NOT IN (SELECT id FROM requests)",
                "SELECT count(*) FROM timeline WHERE request_id NOT IN (SELECT id FROM requests)",
            ] { orphans += try reader.first(statement) { $0.integer(0) } ?? 0 }
            return (counted, real, orphans)
        }
        #expect(counted == real, sourceLocation: location)
        #expect(orphans == 0, sourceLocation: location)
    }

    func rows() async throws -> [RequestRecord] {
        try await store.read { reader in
            try reader.rows("SELECT id FROM requests ORDER BY id") { $0.integer(0) }.compactMap {
                try reader.request($0)
            }
        }
    }

    func row(_ id: Int64) async throws -> RequestRecord? { try await store.read { try $0.request(id) } }

    func timeline(_ id: Int64) async throws -> [TimelineEntry] { try await store.read { try $0.timeline(of: id) } }

    func findings(_ state: Finding.State = .open) async throws -> [Finding] {
        try await store.read { try $0.findings(state: state, limit: 1_000) }
    }

    /// The lines of a plan, without ids that differ from run to run.
    func plan(of job: Int64) async throws -> [String] {
        try await store.read { reader in
            var change = PlannedChange()
            var lines: [String] = []
            _ = try reader.planLines(of: job, after: PlanPosition(raw: 0), limit: 100_000, into: &change) { line, _ in
                let fields = FillableField.allCases.filter { line.fills.contains($0) }
                    .map { "\($0.name)=\(line.value(of: $0) ?? "-")<\(line.source(of: $0))" }
                lines.append(
                    "\(line.action.name) #\(line.requestID ?? 0) \(line.title) \(line.kind ?? "-") "
                        + "\(line.stage?.rawValue ?? "-") \(fields.joined(separator: ","))")
            }
            return lines
        }
    }
}
