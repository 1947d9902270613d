import HTTPClient
import Jobs
import Lifecycle
import Media
import Seerr
import Store

extension PendingSync {
    /// At most so many titles are asked for in one run, and so many at a time.
    private static var titlesPerRun: Int { 200 }
    private static var titlesAtOnce: Int { 4 }

    /// Seerr's own names, for requests that no *arr names first; beyond the limit the *arr's name must do.
    func readTitles(into held: PendingHoldings, _ progress: Progress) async throws {
        let needed = held.open.filter { index in
            guard held.requests[index].reading.tmdb != nil else { return false }
            if case .skip(.availableInLibrary) = held.requests[index].verdict(held.rules, now: held.readAt) {
                return false
            }
            return true
        }.sorted { !held.requests[$0].isNamed && held.requests[$1].isNamed }
        let asked = Array(needed.prefix(Self.titlesPerRun))
        let bySeerr = Dictionary(upstreams.seerr.map { ($0.instance, $0) }) { first, _ in first }
        let wanted = asked.map { (held.requests[$0].instance, held.requests[$0].reading) }
        let answers = await mapBounded(wanted, width: Self.titlesAtOnce) { instance, reading in
            guard let seerr = bySeerr[instance], let tmdb = reading.tmdb else { return SeerrTitle?.none }
            return try await seerr.details(reading.mediaType, tmdb: tmdb)
        }
        try progress.checkCancellation()
        for (index, answer) in zip(asked, answers) { held.requests[index].take(answer) }
        for index in held.open { held.requests[index].nameByArr() }
    }
}

extension PendingRequest {
    fileprivate var isNamed: Bool { title != nil }

    /// Takes what Seerr said of the title; a number that TMDB does not have leaves the request without a name.
    fileprivate mutating func take(_ answer: Result<SeerrTitle?, any Error>) {
        switch answer {
        case .success(let known):
            guard let known else { return }
            title = known.title ?? title ?? RequestRecord.untitled
            newcomer.told = newcomer.told.map { $0.service == "jellyseerr" ? $0.named(known) : $0 }
        case .failure(let error):
            if (error as? UpstreamError)?.reason == .status(404) {
                title = title ?? RequestRecord.untitled
            } else {
                titleFailure = "Its title could not be read: \(error)"
            }
        }
    }

    /// Where Seerr was not asked or did not say, the *arr's name stands.
    fileprivate mutating func nameByArr() {
        guard let title, title != RequestRecord.untitled else { return }
        newcomer.told = newcomer.told.map { observation in
            guard observation.service == "jellyseerr", observation.details[.title] == nil else { return observation }
            var named = observation
            named.details[.title] = title
            return named
        }
    }
}
