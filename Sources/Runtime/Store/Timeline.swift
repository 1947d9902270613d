public import Database
import FoundationEssentials
public import Media

/// One line of a request's story.
public struct TimelineEntry: Sendable {
    public var id: Int64
    public var at: Timestamp
    public var service: String
    /// A key of the catalogue of texts, such as `synced_from_library`.
    public var event: String
    public var state: Stage?
    /// Named values for the text; JSON.
    public var data: String?

    /// Whether the event was learned of after the request had gone on to a later stage.
    public var isLate: Bool { values["late"] != nil }

    /// The named values; empty for data that is no flat object of texts.
    public var values: [String: String] {
        guard let data else { return [:] }
        return (try? JSONDecoder().decode([String: String].self, from: Data(data.utf8))) ?? [:]
    }
}

extension Reader {
    /// A request's entries, oldest first.
    public func timeline(of request: Int64) throws -> [TimelineEntry] {
        try rows(
            "SELECT id, at, service, event, state, data FROM timeline WHERE request_id = $1 ORDER BY at, id",
            [.integer(request)]
        ) { row in
            TimelineEntry(
                id: row.integer(0), at: Timestamp(milliseconds: row.integer(1)), service: row.text(2),
                event: row.text(3), state: row.optionalText(4).flatMap(Stage.init), data: row.optionalText(5))
        }
    }
}

extension StoreTransaction {
    /// Adds an entry unless the request has one of this key.
    public func appendTimeline(
        _ request: Int64, key: String, at: Timestamp, service: String, event: String, state: Stage?, data: String? = nil
    ) throws {
        let id = try reserveIDs(.timeline)
        try raw.execute(
            """
            INSERT INTO timeline(id, request_id, unit_id, entry_key, at, service, event, state, data)
            VALUES($1, $2, 0, $3, $4, $5, $6, $7, $8) ON CONFLICT DO NOTHING
            """,
            [
                .integer(id), .integer(request), .text(key), .integer(at.milliseconds), .text(service), .text(event),
                Value(state?.rawValue), Value(data),
            ])
    }
}
