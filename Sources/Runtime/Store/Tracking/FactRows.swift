public import Database
public import Media

extension Reader {
    /// Every observation recorded of a request, oldest row first.
    public func observations(of request: Int64) throws -> [Observation] {
        try storedFacts(of: request).map(\.observation)
    }

    /// The newest decision by hand about a request, and nil when it was taken back.
    public func overrideInForce(of request: Int64) throws -> Observation? {
        let decisions = try rows(
            "SELECT " + StoredFact.columns
                + """
                 FROM facts WHERE request_id = $1 AND service = 'marquee' AND fact IN ('override', 'override_cleared') \
                ORDER BY observed_at DESC, id DESC LIMIT 1
                """, [.integer(request)]
        ) { StoredFact($0) }
        return decisions.first.flatMap { $0?.observation }.flatMap { $0.fact == .override ? $0 : nil }
    }

    func storedFacts(of request: Int64) throws -> [StoredFact] {
        // Sorted here: the index has them in another order, and SQLite would build a table to sort these few.
        try rows(StoredFact.ofRequest, [.integer(request)]) { StoredFact($0) }.compactMap(\.self)
            .sorted { $0.id < $1.id }
    }
}

/// An observation and the number of its row.
struct StoredFact {
    var id: Int64
    var observation: Observation

    static let columns: SQL =
        "id, service, instance, channel, fact, natural_key, observed_at, received_at, holds, units, fields"

    static let ofRequest: SQL = "SELECT " + columns + " FROM facts WHERE request_id = $1"

    /// nil for a fact of a later version.
    init?(_ row: borrowing Row) {
        guard let channel = Observation.Channel(rawValue: row.text(3)),
            let fact = Observation.Fact(rawValue: row.text(4))
        else { return nil }
        id = row.integer(0)
        observation = Observation(
            service: row.text(1), instance: row.text(2), channel: channel, fact: fact, naturalKey: row.text(5),
            observedAt: Timestamp(milliseconds: row.integer(6)), receivedAt: Timestamp(milliseconds: row.integer(7)),
            holds: row.integer(8) == 1)
        if let units = row.optionalText(9) { observation.units = [UnitNumber](packed: units) }
        if let fields = row.optionalText(10) { observation.details = Details(packed: fields) }
    }
}

extension StoreTransaction {
    /// Records an observation as a sync does; a level fact read anew replaces its older reading.
    public func record(_ observation: Observation, for request: Int64) throws {
        let id = try reserveIDs(.facts)
        try raw.execute(
            """
            INSERT INTO facts(id, request_id, unit_id, service, instance, channel, fact, natural_key, holds,
                observed_at, received_at)
            VALUES($1, $2, 0, $3, $4, $5, $6, $7, $8, $9, $10)
            ON CONFLICT(request_id, service, instance, fact, natural_key, unit_id) DO UPDATE SET
                holds = excluded.holds, observed_at = excluded.observed_at, received_at = excluded.received_at
            WHERE facts.observed_at < excluded.observed_at
            """,
            [
                .integer(id), .integer(request), .text(observation.service), .text(observation.instance),
                .text(observation.channel.rawValue), .text(observation.fact.rawValue), .text(observation.naturalKey),
                .integer(observation.holds ? 1 : 0), .integer(observation.observedAt.milliseconds),
                .integer(observation.receivedAt.milliseconds),
            ])
    }

    /// Stores a fact of a request that had none of its identity.
    func insertFact(_ fact: Observation, id: Int64, request: Int64, inbox: Int64?) throws {
        try raw.execute(
            """
            INSERT INTO facts(id, request_id, unit_id, service, instance, channel, fact, natural_key, holds,
                observed_at, received_at, units, fields, inbox_id)
            VALUES($1, $2, 0, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
            """,
            [
                .integer(id), .integer(request), .text(fact.service), .text(fact.instance),
                .text(fact.channel.rawValue), .text(fact.fact.rawValue), .text(fact.naturalKey),
                .integer(fact.holds ? 1 : 0), .integer(fact.observedAt.milliseconds),
                .integer(fact.receivedAt.milliseconds), Value(fact.units.isEmpty ? nil : fact.units.packed),
                Value(fact.details.packed), Value(inbox),
            ])
    }

    func updateFact(_ id: Int64, to fact: Observation) throws {
        try raw.execute(
            """
            UPDATE facts SET channel = $1, natural_key = $2, holds = $3, observed_at = $4, received_at = $5,
                units = $6, fields = $7
            WHERE id = $8
            """,
            [
                .text(fact.channel.rawValue), .text(fact.naturalKey), .integer(fact.holds ? 1 : 0),
                .integer(fact.observedAt.milliseconds), .integer(fact.receivedAt.milliseconds),
                Value(fact.units.isEmpty ? nil : fact.units.packed), Value(fact.details.packed), .integer(id),
            ])
    }
}
