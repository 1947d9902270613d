import Database
import Lifecycle
public import Media
import Store

extension Deletions {
    /// Plans a deletion; nothing is changed.
    ///
    /// - Throws: `DeletionRefusal` where the options make no sense; `DatabaseError`.
    public func plan(_ requests: [Int64], _ options: DeletionOptions) async throws -> DeletionPlan {
        try await check(options, for: requests)
        var plan = DeletionPlan(
            id: "", madeAt: store.now(), options: options, isEnabled: settings.isEnabled, items: [], unknownIDs: [],
            busy: [])
        var wanted: [Int64] = []
        for request in requests where !wanted.contains(request) { wanted.append(request) }
        let planned = await mapBounded(wanted, width: 4) { try await self.item(for: $0, options) }
        for (request, outcome) in zip(wanted, planned) {
            switch try outcome.get() {
            case .unknown: plan.unknownIDs.append(request)
            case .busy(let log): plan.busy.append(DeletionPlan.Busy(request: request, log: log))
            case .item(let item):
                // Rows of one medium end in one log.
                if plan.items.contains(where: { !Set($0.subject.requests).isDisjoint(with: item.subject.requests) }) {
                    continue
                }
                plan.items.append(item)
            }
        }
        plan.id = "\(plan.madeAt.milliseconds)-\(try DeletionItem.digest(of: plan.items, options))"
        return plan
    }

    private enum Planned: Sendable {
        case unknown
        case busy(Int64)
        case item(DeletionItem)
    }

    private func item(for request: Int64, _ options: DeletionOptions) async throws -> Planned {
        if let row = try await store.read({ try $0.request(request) }), let deletion = row.deletion {
            return .busy(deletion.log)
        }
        guard let facts = try await gatherer.facts(of: request, options, calls: settings.isEnabled) else {
            return .unknown
        }
        let mode: DeletionPlanner.Mode = settings.isEnabled ? .full : .disabled
        return .item(DeletionPlanner(facts, options, mode, commonPath: settings.commonPath).item())
    }

    private func check(_ options: DeletionOptions, for requests: [Int64]) async throws {
        guard let scope = options.scope else { return }
        guard !scope.isEmpty else { throw DeletionRefusal(.invalid, "scope names neither seasons nor episodes.") }
        let rows = try await store.read { reader in try requests.compactMap { try reader.request($0) } }
        if let film = rows.first(where: { $0.mediaType == .movie }) {
            throw DeletionRefusal(.invalid, "\(film.title) is a film: a scope is for series.")
        }
    }

    /// The number that must be sent back for a plan; nil where none must.
    public func confirmCount(of plan: DeletionPlan) async throws -> Int? {
        guard plan.options.deletesFiles else { return nil }
        let count = plan.items.count
        let live = try await store.read { reader in
            try reader.requestCounts().filter { $0.key.state != .deleted }.values.reduce(0, +)
        }
        let rows = plan.items.reduce(0) { $0 + $1.subject.requests.count }
        return count > 10 || (count > 1 && Int64(rows) * 5 > live) ? count : nil
    }
}
