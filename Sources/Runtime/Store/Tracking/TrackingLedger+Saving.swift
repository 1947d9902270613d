import Changes
import Database
import JSONStream
import Media

extension TrackingLedger {
    /// Derives one request and stores it with its parts and its timeline.
    ///
    /// - Returns: whether anything changed that people see, beyond progress.
    func save(_ tracked: TrackedRequest) throws -> Bool {
        let derivation = derive(tracked.facts, context.rules, now: tx.now)
        tracked.takeStages(derivation.episodes)
        let old = tracked.stored
        var row = tracked.row
        row.take(derivation, now: tx.now)
        if let item = derivation.jellyfinItem, derivation.episodesAvailable > 0 || row.jellyfin == nil,
            row.jellyfin?.id != item
        {
            row.jellyfin = InstanceID(instance: row.jellyfin?.instance ?? "default", id: item)
        }
        if row.jellyfin != old.jellyfin { try rekey(row, before: old) }
        let changes = RowChanges(old, row, hasNewIdentity: tracked.hasNewIdentity)
        if changes.isVisible {
            row.updatedAt = tx.now
            row.version += 1
        }
        try tracked.saveParts(in: tx)
        if changes.isAny || tracked.isNew { try update(row, before: old) }
        if old.state != row.state {
            tx.count(RequestCount(mediaType: row.mediaType, state: old.state, origin: row.origin), -1)
            tx.count(RequestCount(mediaType: row.mediaType, state: row.state, origin: row.origin), 1)
        }
        tracked.take(row)
        let hasNewLines = try saveStory(
            story(of: tracked.facts, derivation), derivation, of: tracked, enteredAt: old.stateChangedAt)
        try scheduleNext(derivation.nextChange, of: tracked)
        if changes.hasProgress && !changes.isVisible && !hasNewLines { tx.tell(.request, object: row.id) }
        return changes.isVisible || tracked.isNew || hasNewLines
    }

    /// The item that proves it is a key of the row; a new id after an upgrade replaces the old one.
    private func rekey(_ row: RequestRecord, before: RequestRecord) throws {
        if let old = before.jellyfin {
            try tx.raw.execute(
                "DELETE FROM request_keys WHERE request_id = $1 AND kind = 'jellyfin' AND value = $2",
                [.integer(row.id), .text(old.id.text)])
        }
        if let item = row.jellyfin { try tx.addKey(row.id, "jellyfin", item.instance, item.id.text) }
    }

    private func scheduleNext(_ next: Timestamp?, of tracked: TrackedRequest) throws {
        if let next {
            try tx.scheduleCheck(tracked.id, cause: "derive", at: next, keepsEarlier: false)
        } else if !tracked.isNew {
            try tx.removeCheck(tracked.id, cause: "derive")
        }
    }

    /// Adds the lines that are new, and corrects those of which more is known now.
    ///
    /// A new line of an event from before `enteredAt`, when the request entered the stage it had, is late.
    private func saveStory(
        _ lines: [StoryLine], _ derivation: Derivation, of tracked: TrackedRequest, enteredAt: Timestamp
    ) throws -> Bool {
        let request = tracked.id
        var lines = lines
        if let attention = derivation.attention {
            lines.append(
                StoryLine(
                    key: "attention|\(attention.code.rawValue)|\(attention.since.milliseconds / 3_600_000)",
                    at: max(attention.since, Timestamp(milliseconds: 0)), service: attention.source, event: "attention",
                    values: ["code": attention.code.rawValue, "reason": attention.reason]))
        }
        let known = tracked.isNew ? [:] : try storedLines(of: request)
        let told = known.map { ToldLine(key: $0.key, event: $0.value.event, at: $0.value.at, stage: $0.value.stage) }
        lines = lines.map { line in
            let line = line.continuing(told)
            if tracked.isNew { return line }
            return line.markedLate(known[line.key].map { StoryLine.isLate($0.data) } ?? line.isOlder(than: enteredAt))
        }
        let fresh = lines.filter { known[$0.key] == nil }
        if !fresh.isEmpty {
            var id = try tx.reserveIDs(.timeline, fresh.count)
            for line in fresh {
                try insert(line, id: id, request: request)
                id += 1
            }
        }
        var hasChanged = !fresh.isEmpty
        for line in lines where line.event != "attention" {
            guard let held = known[line.key] else { continue }
            guard held.at != line.at || held.data != line.packedValues else { continue }
            try tx.raw.execute(
                "UPDATE timeline SET at = $1, data = $2 WHERE id = $3",
                [.integer(line.at.milliseconds), Value(line.packedValues), .integer(held.id)])
            hasChanged = true
        }
        return hasChanged
    }

    private typealias StoredLine = (id: Int64, at: Timestamp, data: String?, event: String, stage: Stage?)

    private func storedLines(of request: Int64) throws -> [String: StoredLine] {
        var known: [String: StoredLine] = [:]
        try tx.raw.query(
            "SELECT entry_key, id, at, data, event, state FROM timeline WHERE request_id = $1 AND unit_id = 0",
            [.integer(request)]
        ) { row in
            known[row.text(0)] = (
                row.integer(1), Timestamp(milliseconds: row.integer(2)), row.optionalText(3), row.text(4),
                row.optionalText(5).flatMap(Stage.init)
            )
        }
        return known
    }

    private func insert(_ line: StoryLine, id: Int64, request: Int64) throws {
        try tx.raw.execute(
            """
            INSERT INTO timeline(id, request_id, unit_id, entry_key, at, service, event, state, data)
            VALUES($1, $2, 0, $3, $4, $5, $6, $7, $8) ON CONFLICT DO NOTHING
            """,
            [
                .integer(id), .integer(request), .text(line.key), .integer(line.at.milliseconds), .text(line.service),
                .text(line.event), Value(line.stage?.rawValue), Value(line.packedValues),
            ])
    }
}

extension StoryLine {
    /// Whether a stored line was marked late.
    fileprivate static func isLate(_ data: String?) -> Bool { data?.contains("\"late\":\"1\"") ?? false }

    /// The values as JSON, in the order of their names; nil without any.
    var packedValues: String? {
        if values.isEmpty { return nil }
        var json = JSONWriter()
        json.object { json in
            for (name, value) in values.sorted(by: { $0.key < $1.key }) {
                json.key(string: name)
                json.value(value)
            }
        }
        return String(decoding: json.bytes, as: UTF8.self)
    }
}
