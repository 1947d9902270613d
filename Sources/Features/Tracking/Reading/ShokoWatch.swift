import Media
import Observability
import Shoko
import Store

/// Asks Shoko about the files of anime that wait to be matched, and listens to what it tells by itself.
actor ShokoWatch {
    private let shoko: Shoko
    private let tracking: Tracking

    /// Calls per item at most in one read (tracking.md §4).
    private static let callsPerRead = 20

    init(_ shoko: Shoko, _ tracking: Tracking) {
        self.shoko = shoko
        self.tracking = tracking
    }

    /// Looks for waiting files by their path, the longest waiting first.
    func read() async throws {
        let waiting = try await tracking.store.read { reader in
            try reader.openRequests().filter { $0.state == .animeMatching }.prefix(Self.callsPerRead)
                .compactMap { try reader.trackedRequest($0.id)?.unmatchedPaths }
        }
        let paths = waiting.flatMap(\.self).prefix(Self.callsPerRead)
        if paths.isEmpty {
            _ = try await shoko.status()
            return
        }
        let folders = try await shoko.folders()
        let now = tracking.store.now()
        var told: [Observation] = []
        for path in paths {
            let ending = path.split { $0 == "/" || $0 == "\\" }.suffix(2).joined(separator: "/")
            for file in try await shoko.files(pathEndsWith: ending, folders: folders) {
                told.append(file.observation(instance: shoko.instance, at: now, folders: folders))
            }
        }
        try await tracking.book(told)
    }

    /// Books what the stream tells, until cancelled; each connection lists anew.
    nonisolated func listen(to stream: ShokoStream) async {
        let tracking = tracking
        let instance = shoko.instance
        await stream.run {
            tracking.wakes.heard(from: "shoko", instance: instance)
        } onFacts: { facts, hastensCheck in
            do {
                if !facts.isEmpty { try await tracking.book(facts) }
                if hastensCheck { tracking.wakes.wake("jellyfin") }
            } catch {
                tracking.log.warn("shoko_not_booked", "An event of Shoko could not be stored: \(error)")
            }
        }
    }
}

extension TrackedRequest {
    /// Imported files that Shoko has not matched yet.
    fileprivate var unmatchedPaths: [String] {
        let matched = Set(facts.observations.filter { $0.fact == .fileMatched }.flatMap(\.units))
        return facts.observations.compactMap { fact in
            guard fact.fact == .imported || fact.fact == .hasFile, fact.holds, let path = fact.details[.path] else {
                return nil
            }
            return !fact.units.isEmpty && fact.units.allSatisfy { matched.contains($0) } ? nil : path
        }
    }
}
