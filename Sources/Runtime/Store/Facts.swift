public import Database
public import Media

extension Reader {
    /// Every observation recorded of a request, for `derive`.
    public func observations(of request: Int64) throws -> [Observation] {
        try rows(
            """
            SELECT service, instance, channel, fact, natural_key, observed_at, received_at, holds
            FROM facts WHERE request_id = $1 ORDER BY id
            """, [.integer(request)]
        ) { row -> Observation? in
            guard let channel = Observation.Channel(rawValue: row.text(2)),
                let fact = Observation.Fact(rawValue: row.text(3))
            else { return nil }
            return Observation(
                service: row.text(0), instance: row.text(1), channel: channel, fact: fact, naturalKey: row.text(4),
                observedAt: Timestamp(milliseconds: row.integer(5)),
                receivedAt: Timestamp(milliseconds: row.integer(6)), holds: row.integer(7) == 1)
        }.compactMap(\.self)
    }
}

extension StoreTransaction {
    /// Records an observation; a level fact read anew replaces its older reading.
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
}
