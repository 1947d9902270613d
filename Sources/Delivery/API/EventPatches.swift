import Changes
import Dashboard
import HTML
import Media
import Shapes
import Store

extension API {
    /// The components of the listening page that a request's change makes anew.
    func html(ofRequest row: RequestRecord, _ change: Change, _ listener: EventListener) async throws -> Patches? {
        guard let view = listener.view else { return nil }
        let version = try await version(of: change)
        if view == "requests" {
            let model = requestRow(row, version: version)
            return Patches(elements: [
                (RequestRow.elementID(row.id), RequestRow(model, listener.page).body.string)
            ])
        }
        guard view == "request:\(row.id)", let model = try await requestModel(row.id) else { return Patches() }
        return Patches(elements: [
            (RequestHead.elementID(row.id), RequestHead(model, listener.page).body.string)
        ])
    }

    /// The running job's card on the library page, and the indicator on every page.
    func html(ofJob shape: JobShape, _ change: Change, _ listener: EventListener) async throws -> Patches? {
        guard let view = listener.view else { return nil }
        let version = try await version(of: change)
        guard let model = jobModel(shape, version: version) else { return Patches() }
        let running = try await runningJobs(version: version)
        var patches = Patches(elements: [
            (JobsIndicator.elementID, JobsIndicator(running, version: version, listener.page).body.string)
        ])
        if view == "library" {
            patches.elements.append((JobCard.elementID, JobCard(model, version: version, listener.page).body.string))
        }
        return patches
    }

    /// The event id a component is as new as; progress is as new as the newest event.
    private func version(of change: Change) async throws -> Int64 {
        if let id = change.id { return id }
        return try await store.read { try $0.lastEventID() }
    }
}
