import HTTPClient
import Jellyfin
public import Jobs
import Media
import Servarr
import Store

extension LibrarySync {
    /// Reads Jellyfin first, then every *arr; a source that fails is unknown, and Jellyfin unknown ends the run.
    public func gather(_ progress: Progress) async throws -> Holdings {
        progress.report("gather", done: 0)
        guard let connection = services.jellyfin else {
            throw JobFailure(
                code: "not_configured", detail: "Jellyfin is not configured; set JELLYFIN_URL and JELLYFIN_API_KEY.",
                service: Jellyfin.service)
        }
        let calls = CallCounter()
        let transport = ObservedTransport(services.transport) { calls.count($0) }
        let held = Holdings(
            try Spool(in: services.temporaryDirectory), instance: connection.instance, mode: options.mode)
        let jellyfin = Jellyfin(
            instance: connection.instance, base: connection.base, key: connection.key, transport: transport)
        try await readLibrary(jellyfin, into: held, progress)
        let catalogues = services.catalogues(transport)
        for (servarr, connection) in catalogues {
            let isOneOfSeveral = catalogues.count { $0.0.kind == servarr.kind } > 1
            try await read(servarr, connection, into: held, keepsRecords: isOneOfSeveral)
            try progress.checkCancellation()
        }
        held.report.upstreamCalls = calls.total
        try await checkAgainstStore(held)
        return held
    }

    private func readLibrary(_ jellyfin: Jellyfin, into held: Holdings, _ progress: Progress) async throws {
        let verdict: Completeness
        do {
            verdict = try await jellyfin.library(into: HoldingsBuilder(held, progress))
        } catch let error as UpstreamError {
            if error.reason == .cancelled { throw CancellationError() }
            throw JobFailure(unreadable: error)
        }
        switch verdict {
        case .complete(let total): held.total = total
        case .incomplete(let detail):
            throw JobFailure(
                code: "listing_incomplete",
                detail: "\(detail). Nothing was written; try again when Jellyfin has finished scanning.",
                service: Jellyfin.service)
        }
        // Where rows are counted, only the items that could not be read are counted beside them.
        held.report.totalScanned = held.report.errors + (options.mode == .library ? held.items.count : 0)
    }

    /// An *arr that cannot be read costs its fields, not the run.
    private func read(
        _ servarr: Servarr, _ connection: LibraryServices.Connection, into held: Holdings, keepsRecords: Bool
    ) async throws {
        let number = UInt8(held.catalogues.count)
        held.catalogues.append(
            Holdings.Catalogue(
                service: servarr.kind.rawValue, instance: servarr.instance, variant: connection.variant,
                entries: held.entries.count..<held.entries.count))
        // Room for as many as there are media: what stays untouched costs nothing, and growing would cost twice.
        held.entries.reserveCapacity(held.entries.count + held.media.count)
        do {
            try await servarr.catalogue { try held.receive($0, of: number, keepsRecord: keepsRecords) }
            held.catalogues[Int(number)].isComplete = true
        } catch let error as UpstreamError {
            if error.reason == .cancelled { throw CancellationError() }
            held.report.missingSources += 1
            held.forget(catalogue: number)
            held.report.warn(
                servarr.kind.rawValue, "upstream_unreachable",
                "Synced without \(servarr.kind.rawValue)_id: \(error)")
        }
    }

    /// Guards against a listing that is whole but suspiciously small (library-sync.md §1).
    private func checkAgainstStore(_ held: Holdings) async throws {
        let name = ListingSize.name(Jellyfin.service, held.instance)
        let isEmpty = held.items.isEmpty
        let (available, sizes, keptApart) = try await store.read { reader in
            (try reader.availableCount(), try ListingSize(reader, name), try reader.subjectsKeptApart())
        }
        if isEmpty && available > 0 {
            throw JobFailure(
                code: "listing_incomplete",
                detail: "Jellyfin lists nothing, yet \(available) titles were available from it. "
                    + "Is a library unmounted? Nothing was written.", service: Jellyfin.service)
        }
        held.subjectsKeptApart = keptApart
        held.provesAbsence = sizes.isBelieved(held.total, at: now, gap: services.sightingGap)
        held.report.provesAbsence = held.provesAbsence
        if !held.provesAbsence {
            held.report.warn(
                Jellyfin.service, "listing_shrunken",
                "Jellyfin lists \(held.total) titles, last time \(sizes.last ?? 0): drift is not reported until that settles."
            )
        }
    }
}

extension JobFailure {
    /// Jellyfin could not be read, so nothing may be concluded.
    init(unreadable error: UpstreamError) {
        self.init(
            code: "upstream_unreachable",
            detail: "Jellyfin could not be read (\(error)). Nothing was written.", service: Jellyfin.service)
    }
}

extension Holdings {
    /// Takes back what a catalogue that broke off had told: it is unknown as a whole.
    func forget(catalogue number: UInt8) {
        for index in media.indices where media[index].entry != HeldItem.none {
            let kept = entries(of: index).filter { entries[Int($0)].instance != number }
            media[index].entry = kept.first ?? HeldItem.none
            furtherEntries[UInt32(index)] = kept.count > 1 ? Array(kept.dropFirst()) : nil
            media[index].isListedTwice = Set(kept.map { entries[Int($0)].instance }).count < kept.count
        }
        looseEntries = looseEntries.filter { entries[Int($0.value)].instance != number }
    }
}
