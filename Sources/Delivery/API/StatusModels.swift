import Dashboard
import Database
import Media
import Store

extension API {
    /// Everything the Status page shows, of one moment.
    func statusModel() async throws -> StatusPage.Model {
        let read = try await store.read { reader in
            let summary = try reader.inboxSummary()
            return (
                version: try reader.lastEventID(), summary: summary,
                unmatched: try reader.inbox(.unmatched, before: nil, limit: 50)
            )
        }
        var model = StatusPage.Model()
        model.version = read.version
        model.services = serviceStates(read.summary).map { $0.row(version: read.version) }
        model.unmatchedTotal = read.summary.filter { $0.outcome == .unmatched }.map(\.count).reduce(0, +)
        model.unmatched = read.unmatched.map { entry in
            var shown = UnmatchedList.Entry(
                id: entry.id, service: entry.service, instance: entry.instance, event: entry.event,
                receivedAt: entry.receivedAt.milliseconds)
            shown.canReplay = entry.hasBody
            return shown
        }
        return model
    }
}
