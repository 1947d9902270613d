import HTTPClient
import Jobs
import Media
import QBittorrent
import Seerr
import Servarr
import Store

extension PendingSync {
    /// Reads Seerr whole, then everything that may tell how far its untracked requests are.
    ///
    /// Without Seerr there is nothing to do; any other source that fails is unknown and costs only its facts.
    func gather(_ progress: Progress) async throws -> PendingHoldings {
        progress.report("gather", done: 0)
        let context = tracking.context
        let held = PendingHoldings(context.rules, variants: context.variants, at: tracking.store.now())
        try await readRequests(into: held, progress)
        let standing = try await tracking.store.read { try $0.seerrStanding() }
        for index in held.requests.indices {
            let request = held.requests[index]
            held.requests[index].isTracked = standing.tracks(request.reading, instance: request.instance)
        }
        if !held.open.isEmpty {
            try await readArrs(into: held, progress)
            try await readClients(into: held, progress)
            try await readLibrary(into: held, progress)
            try await readTitles(into: held, progress)
        }
        held.report.upstreamCalls = calls.total
        return held
    }

    // MARK: Seerr

    private func readRequests(into held: PendingHoldings, _ progress: Progress) async throws {
        guard !upstreams.seerr.isEmpty else {
            throw JobFailure(
                code: "not_configured", detail: "Seerr is not configured; set JELLYSEERR_URL and JELLYSEERR_API_KEY.",
                service: "jellyseerr")
        }
        var failures: [UpstreamError] = []
        for seerr in upstreams.seerr {
            do {
                let listing = try await seerr.requests(modifiedSince: nil)
                let unread = max(0, listing.total - listing.readings.count)
                held.report.totalScanned += listing.readings.count + unread
                countUnread(unread, of: seerr.instance, in: held)
                // By number: the order in which they were made.
                held.requests += listing.readings.sorted { $0.id < $1.id }.map {
                    PendingRequest($0, instance: seerr.instance, at: held.readAt)
                }
            } catch {
                if error.reason == .cancelled { throw CancellationError() }
                failures.append(error)
                held.miss("jellyseerr", seerr.instance, error)
            }
            progress.report("gather", done: held.requests.count)
            try progress.checkCancellation()
        }
        if let failure = failures.first, failures.count == upstreams.seerr.count {
            throw JobFailure(
                code: "upstream_unreachable", detail: "Seerr could not be read (\(failure)). Nothing was written.",
                service: "jellyseerr")
        }
    }

    private func countUnread(_ count: Int, of instance: String, in held: PendingHoldings) {
        guard count > 0 else { return }
        held.report.errors += count
        held.report.errorDetails.append(
            SyncReport.ErrorDetail(
                item: TrackingService.name("jellyseerr", instance), title: "\(count) requests", code: "undecodable",
                detail: "\(count) requests of the listing have no number or a type that is not known."))
    }

    // MARK: What moves

    /// Each *arr's list and queue; a program of which one of the two fails still tells the other.
    private func readArrs(into held: PendingHoldings, _ progress: Progress) async throws {
        for servarr in upstreams.servarr {
            try progress.checkCancellation()
            let (service, type) = (servarr.kind.rawValue, servarr.kind.mediaType)
            guard held.open.contains(where: { held.requests[$0].reading.mediaType == type }) else { continue }
            try await tolerating(service, servarr.instance, held) {
                let wanted = held.nativeIDs(of: type)
                var titles: [ArrTitleReading] = []
                try await servarr.titles { title in
                    let native = type == .movie ? title.tmdb : title.tvdb
                    if native.map({ wanted.contains($0) }) ?? false { titles.append(title) }
                }
                let owners = held.take(titles, of: type, service, servarr.instance)
                let groups = QueueGroup.groups(of: try await servarr.queue())
                held.take(Array(groups.values), service, servarr.instance, owners: owners)
            }
        }
        held.settleLacks()
    }

    /// One answer of each client that knows every torrent; asked only where a queue names one.
    private func readClients(into held: PendingHoldings, _ progress: Progress) async throws {
        let hasDownloads = held.open.contains { index in
            held.requests[index].newcomer.downloads.contains { $0.group.downloadID != nil }
        }
        guard hasDownloads else { return }
        for client in upstreams.clients {
            try progress.checkCancellation()
            try await tolerating("qbittorrent", client.instance, held) {
                held.take(try await client.maindata().changed)
            }
        }
    }

    /// Runs a read of one source, which may fail.
    func tolerating(
        _ service: String, _ instance: String, _ held: PendingHoldings, _ read: () async throws -> Void
    ) async throws {
        do {
            try await read()
        } catch let error as UpstreamError {
            if error.reason == .cancelled { throw CancellationError() }
            held.miss(service, instance, error)
        }
    }
}

extension PendingHoldings {
    /// The ids by which an *arr of this type knows what is wanted.
    fileprivate func nativeIDs(of type: MediaType) -> Set<Int64> {
        Set(
            open.lazy.map { self.requests[$0].reading }.filter { $0.mediaType == type }
                .compactMap { type == .movie ? $0.tmdb : $0.tvdb })
    }
}
