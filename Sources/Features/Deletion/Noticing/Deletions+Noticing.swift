import HTTPClient
import Media
import Observability
import Servarr
import Store

/// Titles that were deleted in a Radarr or Sonarr (deletion.md §8): told by its webhook, believed when the *arr itself,
/// asked by number and by look-up, has it no more.
extension Deletions {
    /// Reads what came since, and asks about all that is open.
    func noticeLosses() async throws {
        let cursor = losses.cursor
        let told = try await store.read { try $0.inboxLosses(after: cursor, limit: 200) }
        if let last = told.last { losses.add(told.compactMap(Self.titleLoss), cursor: last.id) }
        for loss in losses.open {
            if try await isSettled(loss) { losses.settle(loss.inbox) }
        }
    }

    /// Only whole titles: files and items are observations, or need a complete listing.
    private static func titleLoss(_ told: InboxLoss) -> Losses.Loss? {
        guard let kind = Servarr.Kind(rawValue: told.service),
            let reading = try? ServarrHook.read(
                told.body, kind: kind, instance: told.instance, receivedAt: told.receivedAt)
        else { return nil }
        return reading.removals.first { if case .title = $0.loss { true } else { false } }
            .map { Losses.Loss(signal: $0, inbox: told.id) }
    }

    /// Whether there is nothing more to find out about a loss.
    private func isSettled(_ loss: Losses.Loss) async throws -> Bool {
        guard loss.signal.at.advanced(by: Losses.patience) > store.now() else { return true }
        let rows = try await rows(of: loss.signal)
        for row in rows {
            let standing = RemovalStanding(isDeleted: row.state == .deleted, runningLog: row.deletion?.log)
            guard case .askOrigin(let deletedFiles) = loss.signal.response(for: standing, grace: .zero) else {
                continue
            }
            let (id, at) = (row.id, loss.signal.at)
            // Somebody has answered for this loss already.
            if try await store.read({ try $0.hasDeletionLog(of: id, since: at) }) { continue }
            switch await verdict(on: loss.signal, row) {
            case .deleted:
                let source = DeletionSource(rawValue: loss.signal.service) ?? .external
                _ = try await recordExternal(
                    row.id, source: source, deletedFiles: deletedFiles, isAuthenticated: settings.trustsHooks)
            case .stands, .moved, .notAppearing: continue
            case .unknown: return false
            }
        }
        return true
    }

    /// The rows of the title, by the number that its *arr knows it by.
    private func rows(of signal: RemovalSignal) async throws -> [RequestRecord] {
        let isFilm = signal.keys.mediaType == .movie
        guard let number = isFilm ? signal.keys.tmdb : signal.keys.tvdb else { return [] }
        let found = try await store.read { try $0.requests(kind: isFilm ? "tmdb" : "tvdb", value: String(number)) }
        return found.filter { $0.mediaType == signal.keys.mediaType }
    }

    private func verdict(on signal: RemovalSignal, _ row: RequestRecord) async -> RemovalVerdict {
        let clients = upstreams.arrs.map(\.client).filter { $0.kind.rawValue == signal.service }
        guard let origin = clients.first(where: { $0.instance == signal.instance }) else { return .unknown }
        var elsewhere: [Presence] = []
        for other in clients where other.instance != signal.instance {
            elsewhere.append(await presence(of: signal.keys, in: other))
        }
        return .ofOrigin(
            byID: await presence(of: signal.keys.arrTitle, in: origin),
            byLookup: await presence(of: signal.keys, in: origin), elsewhere: elsewhere)
    }

    /// Whether an *arr has something under its own number; without one the look-up alone decides.
    private func presence(of number: Int64?, in client: Servarr) async -> Presence {
        guard let id = number.flatMap({ ArrTitleID($0) }) else { return .absent }
        do throws(UpstreamError) {
            return try await client.entry(id) == nil ? .absent : .present
        } catch {
            return .unknown
        }
    }

    private func presence(of keys: MediaKeys, in client: Servarr) async -> Presence {
        do throws(UpstreamError) {
            let found: [ArrEntry]
            if client.kind == .radarr {
                guard let tmdb = keys.tmdb else { return .unknown }
                found = try await client.entries(tmdb: tmdb)
            } else {
                guard let tvdb = keys.tvdb else { return .unknown }
                found = try await client.entries(tvdb: tvdb)
            }
            return found.isEmpty ? .absent : .present
        } catch {
            return .unknown
        }
    }
}
