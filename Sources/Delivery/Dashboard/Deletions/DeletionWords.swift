import HTML

/// The words and badges of deletions.
enum DeletionWords {
    static func badge(_ step: DeletionModel.Step, _ page: PageContext) -> Badge {
        switch step {
        case .pending: Badge(.waiting, .clock, page[.stepPending])
        case .acknowledged: Badge(.active, .send, page[.stepAcknowledged])
        case .confirmed: Badge(.active, .eye, page[.stepConfirmed])
        case .verified: Badge(.good, .check, page[.stepVerified])
        case .failed: Badge(.bad, .alert, page[.stepFailed])
        case .skipped: Badge(.waiting, .cross, page[.stepSkipped])
        case .notNeeded: Badge(.waiting, .check, page[.stepNotNeeded])
        case .notApplicable: Badge(.plain, .dot, page[.stepNotApplicable])
        case .unknown: Badge(.attention, .alert, page[.stepUnknown])
        }
    }

    /// The same in a plan, where nothing has happened yet.
    static func planned(_ step: DeletionModel.Step, _ page: PageContext) -> Badge {
        switch step {
        case .pending: Badge(.bad, .trash, page[.stepPlanned])
        case .notNeeded: Badge(.waiting, .check, page[.stepNothingThere])
        default: badge(step, page)
        }
    }

    static func badge(_ status: DeletionModel.Status, _ page: PageContext) -> Badge {
        switch status {
        case .asked: Badge(.attention, .alert, word(status, page))
        case .inProgress: Badge(.active, .sync, word(status, page))
        case .complete: Badge(.good, .check, word(status, page))
        case .incomplete: Badge(.bad, .alert, word(status, page))
        case .accepted: Badge(.plain, .check, word(status, page))
        case .withdrawn: Badge(.waiting, .undo, word(status, page))
        }
    }

    static func word(_ status: DeletionModel.Status, _ page: PageContext) -> String {
        switch status {
        case .asked: page[.deletionAsked]
        case .inProgress: page[.deletionInProgress]
        case .complete: page[.deletionComplete]
        case .incomplete: page[.deletionIncomplete]
        case .accepted: page[.deletionAccepted]
        case .withdrawn: page[.deletionWithdrawn]
        }
    }

    static func word(_ source: DeletionModel.Source, _ page: PageContext) -> String {
        switch source {
        case .dashboard: page[.deletionByUs]
        case .external: page[.deletionByNobody]
        case .sonarr, .radarr, .jellyfin, .shoko: ActionWords.service(source.rawValue, page)
        }
    }

    static func service(_ outcome: DeletionModel.Outcome, _ page: PageContext) -> String {
        let name = ActionWords.service(outcome.service, page)
        guard let instance = outcome.instance, instance != "default" else { return name }
        return name + " " + instance
    }

    /// What an undo cannot bring back, by the API's words.
    static func lost(_ what: String, _ page: PageContext) -> String {
        switch what {
        case "files": page[.lostFiles]
        case "torrent": page[.lostTorrent]
        case "watch_state": page[.lostWatchState]
        case "shoko_links": page[.lostShokoLinks]
        case "request_number": page[.lostRequestNumber]
        default: what
        }
    }
}
