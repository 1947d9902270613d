import HTTPClient
import Media
import Seerr

/// Requests and records of one Seerr.
struct SeerrCalls: ServiceCalls {
    let seerr: Seerr
    var leftText: String { "Seerr still has it" }

    func look(at target: Target) async throws -> Sight {
        switch target.step.work {
        case .request(let number):
            guard let id = SeerrRequestID(number) else { return .changed("Request \(number) is no number.") }
            return try await seerr.hasRequest(id) ? .there : .gone
        case .media(let number, let tmdb, let covered):
            guard let type = target.subject.type else { return .changed("The medium's kind is not known.") }
            guard let media = try await seerr.media(of: type, tmdb: tmdb) else { return .gone }
            guard media.id.value == number else { return .gone }
            // The record takes all its requests along: one that is not in the plan would be lost.
            if let newcomer = media.requests.first(where: { !covered.contains($0.id.value) }) {
                return .changed("Request \(newcomer.id) appeared in Seerr, which is outside the plan.")
            }
            return .there
        default: return .changed("The target is nothing of Seerr's.")
        }
    }

    func call(_ targets: [Target]) async -> [CallOutcome] {
        var outcomes: [CallOutcome] = []
        for target in targets {
            do {
                outcomes.append(.done(try await call(target)))
            } catch let error as UpstreamError where error.reason == .refusedAuth {
                outcomes.append(.failed("The key lacks permission: \(error)"))
            } catch {
                outcomes.append(.failed("\(error)"))
            }
        }
        return outcomes
    }

    private func call(_ target: Target) async throws -> String? {
        switch target.step.work {
        case .request(let number):
            guard let id = SeerrRequestID(number) else { throw NoSuchTarget() }
            return try await seerr.deleteRequest(id) == .alreadyGone ? "Already gone" : "request \(number)"
        case .media(let number, _, _):
            guard let id = SeerrMediaID(number) else { throw NoSuchTarget() }
            return try await seerr.deleteMedia(id) == .alreadyGone ? "Already gone" : "media \(number)"
        default: throw NoSuchTarget()
        }
    }

    func isGone(_ target: Target) async throws -> Bool {
        switch target.step.work {
        case .request(let number):
            guard let id = SeerrRequestID(number) else { return false }
            return try await !seerr.hasRequest(id)
        case .media(let number, let tmdb, _):
            guard let type = target.subject.type else { return false }
            guard let media = try await seerr.media(of: type, tmdb: tmdb) else { return true }
            // A later scan makes a record of another number; one that is only marked counts as gone (upstreams.md §1).
            return media.id.value != number || SeerrMedia.isGone(media.status)
        default: return false
        }
    }
}
