import Changes
import Jellyfin
public import Jobs
import Media
public import Store

extension LibrarySync {
    public func planned(
        _ report: SyncReport, held: Holdings
    ) -> @Sendable (StoreTransaction, JobLease) throws -> Void {
        let name = ListingSize.name(Jellyfin.service, held.instance)
        let total = held.total
        let isBelieved = held.provesAbsence
        let lastRow = held.rows.lastRow
        return { tx, lease in
            try ListingSize.remember(total, believed: isBelieved, name, in: tx)
            try tx.raw.setCounter(PlanRows.name(lease.job), to: lastRow)
        }
    }

    public func applier(
        for plan: Int64, lease: JobLease, in tx: StoreTransaction
    ) throws -> any PlanApplier<SyncReport> {
        try LibraryApplier(plan: plan, lease: lease, options: options, arrivals: Arrivals(since: plan, in: tx), tx: tx)
    }
}

/// Carries out a plan's lines: fills guarded by version, additions in bulk.
struct LibraryApplier: PlanApplier {
    let plan: Int64
    let lease: JobLease
    let options: SyncOptions
    private let arrivals: Arrivals
    private let insertion: InsertionBox
    /// The lines of the batch in hand; their memory is used again by the next.
    private var lines: [PlannedChange] = []
    private static let largestKept = 1 << 20
    private var touched: [(id: Int64, isNew: Bool)] = []
    private var tally = StaleTally()
    private var additions: [RequestCount: Int64] = [:]

    init(plan: Int64, lease: JobLease, options: SyncOptions, arrivals: Arrivals, tx: StoreTransaction) throws {
        self.plan = plan
        self.lease = lease
        self.options = options
        self.arrivals = arrivals
        insertion = InsertionBox(LibraryInsertion(job: lease.job, requestedBy: "Library Sync", tx: tx))
        let additions = Int(try tx.raw.planLineCount(of: plan, .add))
        if additions > 0 { try insertion.value.begin(additions, in: tx) }
    }

    mutating func apply(upTo limit: Int, after position: PlanPosition, in tx: StoreTransaction) throws -> AppliedBatch?
    {
        // The lines of a batch are read before anything is written: one statement at a time (Database).
        guard let read = try tx.raw.planLines(of: plan, after: position, limit: limit, into: &lines) else {
            return nil
        }
        for index in 0..<read.count { try apply(lines[index], in: tx) }
        try insertion.value.write(in: tx)
        let bytes = lines[..<read.count].reduce(0) { $0 + $1.record.bytes.count }
        // A few huge lines would else leave their memory behind in every place they came to lie.
        if bytes > Self.largestKept { lines.removeAll() }
        return AppliedBatch(last: read.last, lines: read.count, bytes: bytes)
    }

    private mutating func apply(_ line: PlannedChange, in tx: StoreTransaction) throws {
        switch line.action {
        case .add: add(line)
        case .fill: try fill(line, in: tx)
        case .conflict, .quarantined: try report(line, in: tx)
        case .drift:
            if line.fills.contains(.jellyfinID), let before = line.storedItem {
                try adopt(line, before: before, in: tx)
            } else {
                try report(line, in: tx)
            }
        case .skip: break
        }
    }

    private mutating func add(_ line: PlannedChange) {
        if arrivals.holds(line) {
            tally.additions += 1
            return
        }
        let stage = line.stage ?? .available
        let id = insertion.value.add(line, stage: stage)
        if touched.count <= 200 { touched.append((id, true)) }
        additions[RequestCount(mediaType: line.mediaType, state: stage, origin: .librarySync), default: 0] += 1
    }

    private mutating func adopt(_ line: PlannedChange, before: JellyfinItemID, in tx: StoreTransaction) throws {
        guard let request = line.requestID else { return }
        guard try tx.adoptItem(line, before: before, job: lease.job) else {
            tally.missed(request, line)
            return try report(line, in: tx)
        }
        tally.updated(line)
        if touched.count <= 200 { touched.append((request, false)) }
    }

    private mutating func fill(_ line: PlannedChange, in tx: StoreTransaction) throws {
        guard let request = line.requestID, let version = line.version else { return }
        guard !tally.hasMissed(request), try tx.fill(line, job: lease.job) else { return tally.missed(request, line) }
        tally.updated(line)
        if let stage = line.stage, let before = line.stageBefore {
            try enter(stage, from: before, line, request, version: version + 1, in: tx)
        } else if options.writesTimeline {
            try tx.appendTimeline(
                request, key: "filled-\(lease.job)", at: tx.now, service: "jellyfin", event: "metadata_filled",
                state: nil)
        }
        if line.record.has(PlannedChange.Slot.conflicts) { try report(line, in: tx) }
        if touched.count <= 200 { touched.append((request, false)) }
    }

    /// The item was seen playable: the fact, the stage it proves, and a line in the story.
    private func enter(
        _ stage: Stage, from before: Stage, _ line: PlannedChange, _ request: Int64, version: Int64,
        in tx: StoreTransaction
    ) throws {
        guard let item = line.itemID else { return }
        let instance = line.record.text(PlannedChange.Slot.itemInstance) ?? "default"
        try tx.record(
            Observation(
                service: "jellyfin", instance: instance, channel: .sync, fact: .playable, naturalKey: item.text,
                observedAt: tx.now, receivedAt: tx.now), for: request)
        guard try tx.setStage(request, to: stage, from: before, version: version) else { return }
        try tx.recordChange(
            job: lease.job, request: request, action: "stage", field: "state", before: before.rawValue,
            after: stage.rawValue, source: "jellyfin")
        try tx.appendTimeline(
            request, key: "stage-\(stage.rawValue)-\(lease.job)", at: tx.now, service: "jellyfin",
            event: "found_in_library", state: stage)
    }

    private func report(_ line: PlannedChange, in tx: StoreTransaction) throws {
        try tx.report(NewFinding(line), job: lease.job)
    }

    mutating func finish(_ report: inout SyncReport, in tx: StoreTransaction) throws {
        try insertion.value.finish(in: tx)
        for (what, count) in additions { tx.count(what, count) }
        tally.settle(&report)
        // What an unknown source would have shown, and what a metadata update does not look at, is not gone.
        if report.provesAbsence && report.missingSources == 0 {
            let kinds = report.mode == .library ? NewFinding.kinds : NewFinding.rowKinds
            try tx.closeFindings(notSeenBy: lease.job, kinds: kinds)
        }
        if touched.count > 200 {
            try tx.emit(
                .requests,
                data: "{\"job_id\":\(lease.job),\"added\":\(report.added),\"updated\":\(report.rowsUpdated)}")
        } else {
            for (id, isNew) in touched {
                try tx.emit(.request, object: id, data: (isNew ? RequestChange.created : .updated).data)
            }
        }
    }
}

/// Holds the bulk buffers, which cannot be copied.
private final class InsertionBox {
    var value: LibraryInsertion

    init(_ value: consuming LibraryInsertion) { self.value = value }
}

/// The row ids in use when a plan was made.
enum PlanRows {
    static func name(_ job: Int64) -> String { "plan_rows|\(job)" }
}

/// Rows made between plan and apply: an addition that meets one of them is stale.
struct Arrivals {
    private var keys: Set<UInt64> = []

    init(since plan: Int64, in tx: StoreTransaction) throws {
        let planned = try tx.raw.counter(PlanRows.name(plan)) ?? 0
        let last = try tx.raw.lastRequestID()
        guard last > planned else { return }
        try tx.raw.matchKeys(afterRow: planned, through: last) { keys.insert($2.code) }
    }

    func holds(_ line: PlannedChange) -> Bool {
        if keys.isEmpty { return false }
        if let item = line.itemID, keys.contains(ProviderKey.item(item).code) { return true }
        return Provider.allCases.contains { provider in
            let value = line.record.slice(LibraryItem.slot(of: provider))
            return value.flatMap { ProviderKey(line.mediaType, provider, $0) }.map { keys.contains($0.code) } ?? false
        }
    }
}
