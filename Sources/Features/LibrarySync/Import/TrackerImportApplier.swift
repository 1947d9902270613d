import Changes
import FoundationEssentials
import Jobs
import Media
import Store

/// Carries out the plan of an import: rows, keys, stories, provenance.
struct TrackerImportApplier: PlanApplier {
    private struct Story: Encodable {
        var type: String
        var text: String
    }

    private let rows: [Int64: ImportedRow]
    private let parts: [Int64: ImportedParts]
    private let attention: [Int64: EarlierAttention]
    private let histories: [Int64: [EarlierEvent]]
    private let plan: Int64
    private let lease: JobLease
    /// Whether the rows keep their ids: only where there is nothing they could collide with.
    private let keepsIDs: Bool
    private var lines: [PlannedChange] = []
    private var stale = 0

    init(_ job: TrackerImport, plan: Int64, lease: JobLease, in tx: StoreTransaction) throws {
        rows = job.rows
        parts = job.parts
        histories = Dictionary(grouping: job.records.events, by: \.requestID)
        attention = Dictionary(
            uniqueKeysWithValues: job.records.requests.compactMap { row in row.attention.map { (row.id, $0) } })
        self.plan = plan
        self.lease = lease
        keepsIDs = try tx.raw.hasNoRequests()
    }

    mutating func apply(upTo limit: Int, after position: PlanPosition, in tx: StoreTransaction) throws -> AppliedBatch?
    {
        guard let read = try tx.raw.planLines(of: plan, after: position, limit: limit, into: &lines) else {
            return nil
        }
        for line in lines[..<read.count] {
            guard let earlier = line.version, let row = rows[earlier] else { continue }
            if try row.reasonToSkip(in: tx.raw) == nil {
                try add(row, in: tx)
            } else {
                stale += 1
            }
        }
        let bytes = lines[..<read.count].reduce(0) { $0 + $1.record.bytes.count }
        return AppliedBatch(last: read.last, lines: read.count, bytes: bytes)
    }

    private func add(_ row: ImportedRow, in tx: StoreTransaction) throws {
        let earlier = row.record.id
        var record = row.record
        if keepsIDs {
            try tx.skipRequestIDs(through: earlier)
        } else {
            record.id = try tx.reserveIDs(.requests)
        }
        try tx.insert(record, keys: row.keys)
        if let parts = parts[earlier] { try tx.add(parts.episodes, parts.downloads, to: record.id) }
        try tx.recordChange(
            job: lease.job, request: record.id, action: "add", field: "", before: nil, after: nil,
            source: TrackerImport.service)
        for event in histories[earlier] ?? [] {
            let text = event.details ?? event.type
            try tx.appendTimeline(
                record.id, key: "imported-\(event.id)", at: event.at ?? record.createdAt, service: event.service,
                event: "earlier_tracker", state: event.stage, data: json(Story(type: event.type, text: text)))
        }
        guard let attention = attention[earlier] else { return }
        try tx.appendTimeline(
            record.id, key: "imported-attention", at: record.stateChangedAt, service: TrackerImport.service,
            event: "earlier_tracker", state: nil, data: json(Story(type: attention.code.rawValue, text: attention.text))
        )
    }

    private func json(_ story: Story) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(story), as: UTF8.self)
    }

    mutating func finish(_ report: inout SyncReport, in tx: StoreTransaction) throws {
        for _ in 0..<stale { report.makeStale(\.added) }
        try tx.emit(.requests, data: "{\"job_id\":\(lease.job),\"added\":\(report.added),\"updated\":0}")
    }
}
