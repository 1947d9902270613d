import Media
import Store

extension DeletionPlanner {
    /// Each request that is covered; the record of the medium only when nobody else needs it.
    func planSeerr(into item: inout DeletionItem) {
        for seerr in facts.seerr {
            let stored = rows.flatMap(\.seerrRequests).filter { $0.instance == seerr.instance }.map(\.id)
            if mode == .disabled {
                item.steps.append(
                    PlannedStep(.jellyseerr, seerr.instance, status: stored.isEmpty ? .notNeeded : .pending))
                continue
            }
            guard seerr.hasNumber else {
                planUnnumbered(stored, seerr.instance, into: &item)
                continue
            }
            switch seerr.media {
            case .unknown(let why):
                item.steps.append(PlannedStep(.jellyseerr, seerr.instance, status: .failed, error: why))
            case .known(nil):
                item.steps.append(
                    PlannedStep(.jellyseerr, seerr.instance, status: .notNeeded, details: "No record of it"))
            case .known(let media?): plan(media, seerr.instance, into: &item)
            }
        }
    }

    private func plan(_ media: SeerrMedia, _ instance: String, into item: inout DeletionItem) {
        let going = media.requests.filter(covers).sorted { $0.id < $1.id }
        for request in going {
            item.steps.append(
                PlannedStep(
                    .jellyseerr, instance, "request:\(request.id)", name: request.userName.map { "of \($0)" },
                    status: .pending, details: "request \(request.id)", work: .request(request.id.value)))
        }
        let isWhole = coverage == .whole && going.count == media.requests.count && !facts.isPair
        if isWhole {
            item.steps.append(
                PlannedStep(
                    .jellyseerr, instance, "media:\(media.id)", status: .pending, details: "media \(media.id)",
                    work: .media(
                        id: media.id.value, tmdb: media.tmdb, requests: going.map(\.id.value))))
        } else if going.isEmpty {
            let text = coverage == .whole ? "Other requests remain" : "Other seasons remain"
            item.steps.append(PlannedStep(.jellyseerr, instance, status: .skipped, details: text))
        }
    }

    /// Without a TMDB number only the requests that the row itself knows can be named.
    private func planUnnumbered(_ stored: [Int64], _ instance: String, into item: inout DeletionItem) {
        for request in Set(stored).sorted() where coverage == .whole {
            item.steps.append(
                PlannedStep(
                    .jellyseerr, instance, "request:\(request)", status: .pending, details: "request \(request)",
                    work: .request(request)))
        }
        item.steps.append(
            PlannedStep(
                .jellyseerr, instance, status: .skipped,
                details: "Seerr is asked by TMDB number, and none is known"))
    }

    /// Whether everything a request asked for goes.
    private func covers(_ request: SeerrMedia.Request) -> Bool {
        if let own = facts.asked.row.variant, request.variant != own { return false }
        switch coverage {
        case .whole: return true
        case .part(let scope):
            return !request.seasons.isEmpty && Set(request.seasons).isSubset(of: Set(scope.seasons))
        }
    }
}
