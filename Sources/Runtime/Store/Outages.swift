public import Database
public import Media

/// A span of time in which an upstream instance did not answer its readers.
public struct EndedOutage: Sendable, Hashable {
    /// `radarr` or `radarr/4k`.
    public var instance: String
    public var span: TrackingRules.PastOutage

    public init(instance: String, span: TrackingRules.PastOutage) {
        self.instance = instance
        self.span = span
    }
}

extension Schema {
    static let outages = """
        CREATE TABLE outages(
            instance {text} NOT NULL,
            since {int} NOT NULL,
            until {int} NOT NULL,
            PRIMARY KEY(instance, since)
        ) {clustered};
        """
}

extension Reader {
    /// The outages that are over, the oldest first.
    public func outages() throws -> [EndedOutage] {
        try rows("SELECT instance, since, until FROM outages ORDER BY since, instance") { row in
            EndedOutage(
                instance: row.text(0),
                span: TrackingRules.PastOutage(
                    since: Timestamp(milliseconds: row.integer(1)), until: Timestamp(milliseconds: row.integer(2))))
        }
    }
}

extension StoreTransaction {
    /// Stores outages that ended, and forgets those that no clock can have seen.
    public func addOutages(_ outages: [EndedOutage]) throws {
        for outage in outages {
            try raw.execute(
                "INSERT INTO outages(instance, since, until) VALUES($1, $2, $3) ON CONFLICT DO NOTHING",
                [
                    .text(outage.instance), .integer(outage.span.since.milliseconds),
                    .integer(outage.span.until.milliseconds),
                ])
        }
        let oldest = now.advanced(by: .seconds(-30 * 86_400))
        try raw.execute("DELETE FROM outages WHERE until < $1", [.integer(oldest.milliseconds)])
    }
}
