import Database

/// The tables of the earlier tracker that are read.
enum EarlierTable: String, Sendable, CaseIterable {
    case requests
    case timelineEvents = "timeline_events"
    case episodes
    case deletionLogs = "deletion_logs"
    case deletionSyncEvents = "deletion_sync_events"

    /// All columns, whichever the table has: newer versions added some.
    var all: SQL {
        switch self {
        case .requests: "SELECT * FROM requests ORDER BY id"
        case .timelineEvents: "SELECT * FROM timeline_events ORDER BY timestamp, id"
        case .episodes: "SELECT * FROM episodes ORDER BY request_id, season_number, episode_number, id"
        case .deletionLogs: "SELECT * FROM deletion_logs ORDER BY id"
        case .deletionSyncEvents: "SELECT * FROM deletion_sync_events ORDER BY timestamp, id"
        }
    }

    /// Without these there is nothing to read.
    var neededColumns: [String] {
        switch self {
        case .requests: ["id", "title", "media_type", "state"]
        case .timelineEvents: ["id", "request_id", "timestamp"]
        case .episodes: ["id", "request_id", "season_number", "episode_number", "state"]
        case .deletionLogs: ["id", "title", "media_type"]
        case .deletionSyncEvents: ["id", "deletion_log_id", "timestamp"]
        }
    }
}

/// Cells by the names of their columns; a column the file does not have reads as empty.
struct EarlierColumns {
    private let positions: [String: Int]

    init(of table: EarlierTable, in reader: Reader) throws {
        let names = try reader.rows(
            "SELECT name FROM pragma_table_info($1) ORDER BY cid", [.text(table.rawValue)]
        ) { $0.text(0) }
        positions = Dictionary(names.enumerated().map { ($1, $0) }) { first, _ in first }
    }

    func lacks(_ names: [String]) -> [String] { names.filter { positions[$0] == nil } }

    /// The text; nil for NULL, and for nothing but blanks.
    func text(_ name: String, _ row: borrowing Row) -> String? {
        guard let position = positions[name], let text = row.optionalText(position),
            text.contains(where: { !$0.isWhitespace })
        else { return nil }
        return text
    }

    /// The number; nil for NULL and for what is no number.
    func integer(_ name: String, _ row: borrowing Row) -> Int64? {
        guard let position = positions[name] else { return nil }
        switch row.value(position) {
        case .integer(let number): return number
        case .real(let number): return Int64(exactly: number.rounded())
        case .text(let text): return Int64(text)
        case .null, .blob: return nil
        }
    }

    /// An id: 0 and less are none.
    func id(_ name: String, _ row: borrowing Row) -> Int64? { integer(name, row).flatMap { $0 > 0 ? $0 : nil } }

    func boolean(_ name: String, _ row: borrowing Row) -> Bool? {
        if let number = integer(name, row) { return number != 0 }
        switch text(name, row)?.lowercased() {
        case "true": return true
        case "false": return false
        default: return nil
        }
    }
}
