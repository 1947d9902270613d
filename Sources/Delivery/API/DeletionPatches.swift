import Changes
import Dashboard
import HTML
import Media
import Store

extension API {
    /// The parts of the listening page that a step of a deletion makes anew: its row, or its lines on a request's page.
    func html(ofDeletion change: Change, _ listener: EventListener) async throws -> Patches? {
        guard let view = listener.view else { return nil }
        var patches = Patches()
        guard let id = change.object, let log = try await store.read({ try $0.deletionLog(id) }) else { return patches }
        let version = try await version(of: change)
        if view == "deletions" {
            patches.add(
                DeletionRow.elementID(id), DeletionRow(DeletionModel(log, version: version), listener.page).body)
        }
        for request in log.requests where view == "request:\(request)" {
            // Over and done, it is no longer the row's.
            let isOpen = try await store.read { try $0.request(request)?.deletion?.log == id }
            let model = isOpen ? DeletionModel(log, request: request, version: version) : nil
            patches.add(
                DeletionPanel.elementID(request),
                DeletionPanel(model, of: request, version: version, listener.page).body)
        }
        return patches
    }
}
