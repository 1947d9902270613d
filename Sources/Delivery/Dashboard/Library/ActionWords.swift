import HTML

/// The words of plan entries: actions, drift, fields and services.
enum ActionWords {
    static func word(_ action: PlanTable.Action, _ page: PageContext) -> String {
        switch action {
        case .add: page[.actionAdd]
        case .fill: page[.actionFill]
        case .conflict: page[.actionConflict]
        case .quarantined: page[.actionQuarantined]
        case .drift: page[.actionDrift]
        case .skipped: page[.actionSkipped]
        }
    }

    static func badge(_ action: PlanTable.Action, _ page: PageContext) -> Badge {
        let word = word(action, page)
        switch action {
        case .add: return Badge(.good, .plus, word)
        case .fill: return Badge(.active, .pen, word)
        case .conflict: return Badge(.attention, .split, word)
        case .quarantined: return Badge(.attention, .shield, word)
        case .drift: return Badge(.grabbed, .link, word)
        case .skipped: return Badge(.waiting, .cross, word)
        }
    }

    static func sentence(_ drift: PlanTable.Drift, _ page: PageContext) -> String {
        switch drift {
        case .itemMissing: page[.driftItemMissing]
        case .itemReplaced: page[.driftItemReplaced]
        case .arrMissing: page[.driftArrMissing]
        case .idReassigned: page[.driftIDReassigned]
        }
    }

    /// Why an entry is not planned like any other: a code of the plan in words, any other text as it is.
    static func sentence(_ reason: String, _ page: PageContext) -> String {
        if let kind = Finding.Kind(rawValue: reason) { return FindingWords.sentence(kind, page) }
        if let skipped = RunReport.Model.SkipReason(rawValue: reason) { return RunReport.word(skipped, page) }
        return reason
    }

    /// A field in words; an unknown one by its own name.
    static func field(_ name: String, _ page: PageContext) -> String {
        switch name {
        case "jellyfin_id", "jellyfin": page[.fieldJellyfinID]
        case "radarr_id", "radarr": page[.fieldRadarrID]
        case "sonarr_id", "sonarr": page[.fieldSonarrID]
        case "tmdb_id", "tmdb": page[.fieldTMDB]
        case "tvdb_id", "tvdb": page[.fieldTVDB]
        case "imdb_id", "imdb": page[.fieldIMDB]
        case "shoko_series_id": page[.fieldShokoSeries]
        case "jellyseerr_id", "jellyseerr": page[.fieldJellyseerr]
        case "poster_url": page[.fieldPoster]
        case "overview": page[.fieldOverview]
        case "year": page[.fieldYear]
        case "is_anime": page[.fieldAnime]
        case "available_at": page[.fieldAvailableAt]
        case "title": page[.fieldTitle]
        case "original_title": page[.fieldOriginalTitle]
        case "state", "stage": page[.fieldStage]
        default: name
        }
    }

    /// A service by the name it gives itself.
    static func service(_ name: String, _ page: PageContext) -> String {
        switch name {
        case "jellyfin": page[.serviceJellyfin]
        case "radarr": page[.serviceRadarr]
        case "sonarr": page[.serviceSonarr]
        case "jellyseerr": page[.serviceJellyseerr]
        case "qbittorrent": page[.serviceQBittorrent]
        case "plex": page[.servicePlex]
        case "subsonic": page[.serviceSubsonic]
        case "shoko": page[.serviceShoko]
        case "marquee", "user": page[.serviceMarquee]
        default: name
        }
    }
}
