import Dashboard
import Media
import Store
import Tracking

/// One service instance as known from the checks, the readers and the webhooks together.
struct ServiceState: Sendable {
    var entry: HealthBoard.Entry
    /// nil: nobody has asked it yet.
    var isReachable: Bool?
    var lastHeard: Timestamp?
    var lastPolled: Timestamp?
    var lastSuccess: Timestamp?
    var silentSince: Timestamp?
    var error: String?

    /// What should send webhooks, so that having heard none is a fault of the set-up.
    private static let senders: Set<String> = ["jellyseerr", "radarr", "sonarr"]

    init(_ entry: HealthBoard.Entry, outage: TrackingRules.Outage?, lastRead: Timestamp?, lastHeard: Timestamp?) {
        self.entry = entry
        self.lastHeard = lastHeard
        lastPolled = [entry.lastPolled, lastRead].compactMap(\.self).max()
        lastSuccess = [entry.lastSuccess, lastRead].compactMap(\.self).max()
        isReachable = entry.isReachable ?? (outage != nil ? false : lastRead.map { _ in true })
        error = entry.error ?? outage?.reason
        silentSince =
            isReachable == false ? [entry.silentSince, outage?.since].compactMap(\.self).min() : outage?.since
    }

    /// What to do about the error; for what only a reader met, where to look further.
    private var remedy: ServiceRow.Remedy {
        switch entry.remedy {
        case .credentials(let name)?: .credentials(name: name)
        case .address(let name)?: .address(name: name)
        case .path(let name)?: .path(name: name)
        case .examine?, nil: .examine
        }
    }

    /// The row of the Status page.
    func row(version: Int64) -> ServiceRow.Model {
        var model = ServiceRow.Model(service: entry.service, instance: entry.instance)
        model.isReachable = isReachable
        model.application = entry.application
        model.version = entry.version
        model.isSupported = entry.isSupported
        model.clockSkew = entry.clockSkew
        model.lastSuccess = lastSuccess?.milliseconds
        model.latencyMilliseconds = entry.latencyMillis
        model.lastWebhook = lastHeard?.milliseconds
        model.expectsWebhooks = Self.senders.contains(entry.service)
        model.lastPolled = lastPolled?.milliseconds
        model.silentSince = silentSince?.milliseconds
        model.error = error
        model.remedy = error == nil ? nil : remedy
        model.eventID = version
        return model
    }
}

extension API {
    /// Every configured instance and what is known of it.
    func serviceStates() async throws -> [ServiceState] {
        let summary = try await store.read { try $0.inboxSummary() }
        return serviceStates(summary)
    }

    func serviceStates(_ summary: [InboxSummary]) -> [ServiceState] {
        let (outages, reads) = (tracking.reach.outages, tracking.reach.lastReads)
        return board.entries.map { entry in
            let key = entry.instance == "default" ? entry.service : "\(entry.service)/\(entry.instance)"
            let heard = summary.filter { $0.service == entry.service && $0.instance == entry.instance }
            return ServiceState(
                entry, outage: outages[key], lastRead: reads[key], lastHeard: heard.map(\.lastHeard).max())
        }
    }

    /// The services that do not answer, for the note in every page's head.
    func silences() -> [SilentNote.Silence] {
        serviceStates([]).compactMap { state in
            state.silentSince.map { SilentNote.Silence(service: state.entry.service, since: $0.milliseconds) }
        }
    }
}
