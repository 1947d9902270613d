extension SettingReader {
    mutating func polling() -> Polling {
        var polling = Polling()
        for source in PollSource.allCases {
            let idle = SettingCatalogue.idlePoll(source).map { value($0) }
            polling[source] = PollPace(idle: idle, active: value(SettingCatalogue.activePoll(source)))
        }
        return polling
    }

    mutating func attentionLimits() -> AttentionLimits {
        var limits = AttentionLimits()
        for limit in AttentionLimit.allCases { limits[limit] = value(SettingCatalogue.limit(limit)) }
        return limits
    }

    mutating func tracking() -> TrackingSettings {
        typealias Catalogue = SettingCatalogue
        let days = value(Catalogue.retentionDays)
        return TrackingSettings(
            libraryScan: value(Catalogue.libraryScan), scanDelay: value(Catalogue.scanDelay),
            scanDelayAnime: value(Catalogue.scanDelayAnime), sightingGap: value(Catalogue.sightingGap),
            vanishGrace: value(Catalogue.vanishGrace), tracksUnrequested: value(Catalogue.trackUnrequested),
            requestRetention: days == 0 ? nil : .days(days), factRetention: value(Catalogue.retentionFacts),
            pendingSyncInterval: value(Catalogue.pendingSyncInterval))
    }

    mutating func webhooks() -> WebhookSettings {
        WebhookSettings(
            token: value(SettingCatalogue.webhookToken), openFrom: value(SettingCatalogue.webhookOpenFrom))
    }
}
