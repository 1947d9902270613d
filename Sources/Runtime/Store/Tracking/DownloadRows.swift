public import Database
public import Media

extension Reader {
    /// The downloads of a request, oldest grab first.
    public func downloads(of request: Int64) throws -> [Download] {
        try rows(Download.ofRequest, [.integer(request)]) { Download($0) }
            .sorted { ($0.grabbedAt, $0.id) < ($1.grabbedAt, $1.id) }
    }
}

extension Download {
    static let columns: SQL = """
        id, service, instance, download_id, hashes, units, release, size, grabbed_at, started_at, done_at, failed_at, \
        failure, ignored_at, gone_at, queue_status, queue_state, queue_message, queue_left, queue_since, queue_missed, \
        torrent_state, torrent_is_done, torrent_progress, torrent_size, torrent_done, torrent_speed, torrent_eta, \
        torrent_seeds, torrent_since, torrent_progress_at, torrent_missed, unit_progress
        """

    fileprivate static let ofRequest: SQL = "SELECT " + columns + " FROM downloads WHERE request_id = $1"
    fileprivate static let insertion: SQL =
        "INSERT INTO downloads(" + columns
            + """
            , request_id) VALUES($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, \
            $19, $20, $21, $22, $23, $24, $25, $26, $27, $28, $29, $30, $31, $32, $33, $34)
            """

    init(_ row: borrowing Row) {
        self.init(
            service: row.text(1), instance: row.text(2), downloadID: row.text(3),
            grabbedAt: Timestamp(milliseconds: row.integer(8)))
        id = row.integer(0)
        hashes = row.text(4).split(separator: ",").map(String.init)
        units = [UnitNumber](packed: row.text(5))
        release = row.optionalText(6)
        size = row.optionalInteger(7)
        startedAt = row.optionalTime(9)
        doneAt = row.optionalTime(10)
        failedAt = row.optionalTime(11)
        failure = row.optionalText(12)
        ignoredAt = row.optionalTime(13)
        goneAt = row.optionalTime(14)
        queue = Self.queue(row)
        torrent = Self.torrent(row)
        unitProgress = [UnitNumber: Double](packed: row.text(32))
    }

    private static func queue(_ row: borrowing Row) -> Queue? {
        guard let status = row.optionalText(15), let since = row.optionalTime(19) else { return nil }
        var queue = Queue(status: status, trackedState: row.optionalText(16), since: since)
        queue.message = row.optionalText(17)
        queue.sizeLeft = row.optionalInteger(18)
        queue.missed = Int(row.integer(20))
        return queue
    }

    private static func torrent(_ row: borrowing Row) -> Torrent? {
        guard let state = row.optionalText(21), let since = row.optionalTime(29) else { return nil }
        var torrent = Torrent(
            state: state, isDone: row.bool(22), progress: row.real(23), since: since,
            progressAt: row.optionalTime(30) ?? since)
        torrent.size = row.optionalInteger(24)
        torrent.done = row.optionalInteger(25)
        torrent.speed = row.integer(26)
        torrent.etaSeconds = row.optionalInteger(27)
        torrent.seeds = row.integer(28)
        torrent.missed = Int(row.integer(31))
        return torrent
    }

    /// The values of every column but the id, in the order of `columns`.
    fileprivate var values: [Value] {
        [
            .text(service), .text(instance), .text(downloadID),
            Value(hashes.isEmpty ? nil : hashes.joined(separator: ",")),
            Value(units.isEmpty ? nil : units.packed), Value(release), Value(size), .integer(grabbedAt.milliseconds),
            Value(startedAt), Value(doneAt), Value(failedAt), Value(failure), Value(ignoredAt), Value(goneAt),
            Value(queue?.status), Value(queue?.trackedState), Value(queue?.message), Value(queue?.sizeLeft),
            Value(queue?.since), Value(queue?.missed), Value(torrent?.state), Value(torrent?.isDone),
            Value(torrent?.progress), Value(torrent?.size), Value(torrent?.done), Value(torrent?.speed),
            Value(torrent?.etaSeconds), Value(torrent?.seeds), Value(torrent?.since), Value(torrent?.progressAt),
            Value(torrent?.missed), Value(unitProgress.isEmpty ? nil : unitProgress.packed),
        ]
    }
}

extension StoreTransaction {
    /// Stores a download under a new number.
    func insert(_ download: Download, request: Int64) throws -> Int64 {
        let id = try reserveIDs(.downloads)
        try raw.execute(Download.insertion, [.integer(id)] + download.values + [.integer(request)])
        return id
    }

    func update(_ download: Download) throws {
        try raw.execute(
            """
            UPDATE downloads SET service = $1, instance = $2, download_id = $3, hashes = $4, units = $5, release = $6,
                size = $7, grabbed_at = $8, started_at = $9, done_at = $10, failed_at = $11, failure = $12,
                ignored_at = $13, gone_at = $14, queue_status = $15, queue_state = $16, queue_message = $17,
                queue_left = $18, queue_since = $19, queue_missed = $20, torrent_state = $21, torrent_is_done = $22,
                torrent_progress = $23, torrent_size = $24, torrent_done = $25, torrent_speed = $26,
                torrent_eta = $27, torrent_seeds = $28, torrent_since = $29, torrent_progress_at = $30,
                torrent_missed = $31, unit_progress = $32
            WHERE id = $33
            """, download.values + [.integer(download.id)])
    }
}
