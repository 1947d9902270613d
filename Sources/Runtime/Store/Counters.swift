public import Database
public import Media

/// What the request counters are split by.
public struct RequestCount: Sendable, Hashable {
    public var mediaType: MediaType
    public var state: Stage
    public var origin: Origin

    public init(mediaType: MediaType, state: Stage, origin: Origin) {
        self.mediaType = mediaType
        self.state = state
        self.origin = origin
    }

    var counterName: String { "requests|\(mediaType.rawValue)|\(state.rawValue)|\(origin.rawValue)" }

    init?(counterName: String) {
        let parts = counterName.split(separator: "|").map(String.init)
        guard parts.count == 4, parts[0] == "requests", let type = MediaType(rawValue: parts[1]),
            let state = Stage(rawValue: parts[2]), let origin = Origin(rawValue: parts[3])
        else { return nil }
        self.init(mediaType: type, state: state, origin: origin)
    }
}

extension Reader {
    /// How many requests there are of every kind, from the counters kept in the same transactions.
    public func requestCounts() throws -> [RequestCount: Int64] {
        var counts: [RequestCount: Int64] = [:]
        try query("SELECT name, n FROM counters WHERE name >= $1 AND name < $2", ["requests|", "requests}"]) { row in
            if let what = RequestCount(counterName: row.text(0)) { counts[what] = row.integer(1) }
        }
        return counts
    }

    /// How many requests there are of every kind among those that a caller may know of.
    public func requestCounts(visibleTo visibility: Visibility) throws -> [RequestCount: Int64] {
        if visibility == .all { return try requestCounts() }
        let filter = RequestFilter(visibleTo: visibility)
        var counts: [RequestCount: Int64] = [:]
        try query(
            "SELECT media_type, state, origin, count(*) FROM requests" + filter.text
                + " GROUP BY media_type, state, origin", filter.values
        ) { row in
            guard let type = MediaType(rawValue: row.text(0)), let state = Stage(rawValue: row.text(1)),
                let origin = Origin(rawValue: row.text(2))
            else { return }
            counts[RequestCount(mediaType: type, state: state, origin: origin)] = row.integer(3)
        }
        return counts
    }

    /// A named number, such as the size of the last good listing.
    public func counter(_ name: String) throws -> Int64? {
        try first("SELECT n FROM counters WHERE name = $1", [.text(name)]) { $0.integer(0) }
    }
}

extension Transaction {
    func add(_ difference: Int64, to name: String) throws {
        let changed = try execute(
            "UPDATE counters SET n = n + $1 WHERE name = $2", [.integer(difference), .text(name)])
        if changed == 0 {
            try execute("INSERT INTO counters(name, n) VALUES($1, $2)", [.text(name), .integer(difference)])
        }
    }

    /// Replaces a named number.
    public func setCounter(_ name: String, to value: Int64) throws {
        let changed = try execute("UPDATE counters SET n = $1 WHERE name = $2", [.integer(value), .text(name)])
        if changed == 0 {
            try execute("INSERT INTO counters(name, n) VALUES($1, $2)", [.text(name), .integer(value)])
        }
    }

    /// Forgets a named number.
    public func removeCounter(_ name: String) throws {
        try execute("DELETE FROM counters WHERE name = $1", [.text(name)])
    }
}
