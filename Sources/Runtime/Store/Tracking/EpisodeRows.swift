public import Database
public import Media

extension Reader {
    /// The episodes of a request, in their order.
    public func episodes(of request: Int64) throws -> [Episode] {
        try rows(Episode.ofRequest, [.integer(request)]) { Episode($0) }
    }
}

extension Episode {
    static let columns: SQL = """
        id, season, episode, title, sonarr_id, tvdb_id, air_date, monitored, has_file, has_file_since, path, item, \
        playable, uncertain, playable_since, stub, absent_since, absent_at, state, class
        """

    fileprivate static let ofRequest: SQL =
        "SELECT " + columns + " FROM episodes WHERE request_id = $1 ORDER BY season, episode"

    init(_ row: borrowing Row) {
        self.init(UnitNumber(Int(row.integer(1)), Int(row.integer(2))))
        id = row.integer(0)
        title = row.optionalText(3)
        sonarrID = row.optionalInteger(4)
        tvdb = row.optionalInteger(5)
        airDate = row.optionalTime(6)
        monitored = row.optionalInteger(7).map { $0 == 1 }
        hasFile = row.optionalInteger(8).map { $0 == 1 }
        hasFileSince = row.optionalTime(9)
        path = row.optionalText(10)
        proof.item = row.blob(11).map { JellyfinItemID(stored: $0) }
        proof.isPlayable = row.bool(12)
        proof.isUncertain = row.bool(13)
        proof.since = row.optionalTime(14)
        proof.stub = row.optionalText(15)
        proof.absentSince = row.optionalTime(16)
        proof.absentAt = row.optionalTime(17)
        stage = Stage(rawValue: row.text(18)) ?? .requested
        `class` = UnitState.Class(rawValue: row.text(19)) ?? .counted
    }

    fileprivate var values: [Value] {
        [
            .integer(Int64(number.season)), .integer(Int64(number.episode)), Value(title), Value(sonarrID), Value(tvdb),
            Value(airDate), Value(monitored), Value(hasFile), Value(hasFileSince), Value(path),
            Value(proof.item?.bytes), Value(proof.isPlayable), Value(proof.isUncertain), Value(proof.since),
            Value(proof.stub), Value(proof.absentSince), Value(proof.absentAt), .text(stage.rawValue),
            .text(`class`.rawValue),
        ]
    }
}

extension StoreTransaction {
    func insert(_ episode: Episode, id: Int64, request: Int64) throws {
        try raw.execute(
            "INSERT INTO episodes(" + Episode.columns
                + """
                , request_id) VALUES($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, \
                $19, $20, $21)
                """,
            [.integer(id)] + episode.values + [.integer(request)])
    }

    func update(_ episode: Episode) throws {
        try raw.execute(
            """
            UPDATE episodes SET season = $1, episode = $2, title = $3, sonarr_id = $4, tvdb_id = $5, air_date = $6,
                monitored = $7, has_file = $8, has_file_since = $9, path = $10, item = $11, playable = $12,
                uncertain = $13, playable_since = $14, stub = $15, absent_since = $16, absent_at = $17, state = $18,
                class = $19
            WHERE id = $20
            """, episode.values + [.integer(episode.id)])
    }
}
