import Database
import Media

extension TrackingLedger {
    /// The requests an observation belongs to, each with its share of the units (tracking.md §2.1).
    ///
    /// The strongest key that finds a candidate counts, for each unit anew: a show known by Sonarr's number may have
    /// another request for another season, which only the show's own id finds. One request owns an event fact per unit;
    /// level facts and hints count for every request of the medium that is neither declined nor deleted.
    func owners(of observation: Observation, path: String?) throws -> [(id: Int64, units: [UnitNumber])] {
        let concernsAll =
            observation.fact.isLevel || observation.fact == .appearHint || observation.fact == .vanishHint
        var shares = Shares()
        var rest = observation.units
        var everybody: [Candidate] = []
        for level in observation.keyLevels(path: path) {
            let isPath = level.first?.kind == "path"
            if isPath && (!shares.isEmpty || !everybody.isEmpty) { break }
            let found = try candidates(level, for: observation)
            if found.isEmpty { continue }
            if isPath && isAmbiguous(found, for: observation) { return [] }
            if concernsAll {
                everybody += found.filter { candidate in !everybody.contains { $0.id == candidate.id } }
                continue
            }
            guard !observation.units.isEmpty else {
                return best(found, observation).map { [($0.id, [])] } ?? []
            }
            rest = rest.filter { unit in
                guard let owner = best(found.filter { $0.covers(unit) }, observation) else { return true }
                shares.give(unit, to: owner.id)
                return false
            }
            if rest.isEmpty { break }
        }
        if concernsAll {
            return everybody.sorted { $0.id < $1.id }.map { candidate in
                (candidate.id, observation.units.filter { candidate.covers($0) })
            }
        }
        // What nobody asked for goes with what somebody did, when it comes in the same pack (tracking.md §2.3).
        for unit in rest { shares.giveToFirst(unit) }
        return shares.all
    }

    private func candidates(_ level: [RequestKey], for observation: Observation) throws -> [Candidate] {
        var found: [Candidate] = []
        for key in level {
            for candidate in try known(by: key)
            where isPossible(candidate, for: observation, by: key) && !found.contains(where: { $0.id == candidate.id })
            {
                found.append(candidate)
            }
        }
        return found
    }

    private func known(by key: RequestKey) throws -> [Candidate] {
        if let held = found[key] { return held }
        let read = try tx.raw.candidates(key.kind, key.instance, key.value)
        found[key] = read
        return read
    }

    /// Whether nothing that both sides carry contradicts the match.
    private func isPossible(_ candidate: Candidate, for observation: Observation, by key: RequestKey) -> Bool {
        if key.kind == "jellyseerr" { return true }
        // Without its own id a Seerr fact means the newest row, closed or open; with one, only a row without an id.
        if observation.service == "jellyseerr" { return isSeerrMatch(candidate, for: observation) }
        if let type = observation.keys.mediaType, type != candidate.mediaType { return false }
        if candidate.state == .deleted { return false }
        if candidate.state == .declined && observation.fact.isLevel { return false }
        let wanted = context.variants["\(observation.service)/\(observation.instance)"]
        if let wanted, let variant = candidate.variant, wanted != variant { return false }
        // The service's native id decides where both sides carry it.
        switch observation.service {
        case "radarr":
            guard candidate.mediaType == .movie else { return false }
            if let own = observation.keys.tmdb, let other = candidate.tmdb, own != other { return false }
        case "sonarr":
            guard candidate.mediaType == .tv else { return false }
            if let own = observation.keys.tvdb, let other = candidate.tvdb, own != other { return false }
        default: break
        }
        return true
    }

    private func best(_ candidates: [Candidate], _ observation: Observation) -> Candidate? {
        candidates.max { rank($0, observation) < rank($1, observation) }
    }

    /// Same instance before unknown before another; open before closed; asked for before found; then the newest.
    private func rank(_ candidate: Candidate, _ observation: Observation) -> (Int, Int, Int, Int64) {
        let bound =
            switch observation.service {
            case "radarr": candidate.radarrInstance
            case "sonarr": candidate.sonarrInstance
            default: String?.none
            }
        let wanted = context.variants["\(observation.service)/\(observation.instance)"]
        var affinity = bound == nil ? 1 : (bound == observation.instance ? 2 : 0)
        if let wanted, candidate.variant == wanted { affinity += 3 }
        return (
            candidate.isOpen || candidate.state == .failed ? affinity : affinity - 10, candidate.isOpen ? 1 : 0,
            candidate.origin == .request ? 1 : 0, candidate.id
        )
    }

    /// A path that leads to different media is no match (tracking.md §2.1).
    private func isAmbiguous(_ found: [Candidate], for observation: Observation) -> Bool {
        let open = found.filter(\.isOpen)
        let media = Set(
            (open.isEmpty ? found : open).map {
                "\($0.mediaType)|\($0.tmdb ?? 0)|\($0.tvdb ?? 0)|\($0.variant?.rawValue ?? "")"
            })
        return media.count > 1
    }
}

/// Units by the request that owns them, in the order in which owners were found.
private struct Shares {
    private var units: [Int64: [UnitNumber]] = [:]
    private var order: [Int64] = []

    var isEmpty: Bool { order.isEmpty }
    var all: [(id: Int64, units: [UnitNumber])] { order.map { ($0, units[$0, default: []]) } }

    mutating func give(_ unit: UnitNumber, to request: Int64) {
        if units[request] == nil { order.append(request) }
        units[request, default: []].append(unit)
    }

    mutating func giveToFirst(_ unit: UnitNumber) {
        if let first = order.first { units[first, default: []].append(unit) }
    }
}
