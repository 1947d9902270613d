/// What a service says went there, unasked; believed only after a look (deletion.md §8).
public struct RemovalSignal: Sendable, Hashable {
    public enum Loss: Sendable, Hashable {
        /// Sonarr's `SeriesDelete`, Radarr's `MovieDelete`; whether the files were to go along, where it is told.
        case title(deletedFiles: Bool?)
        /// `EpisodeFileDelete`, `MovieFileDelete`.
        case file(FileReason)
        /// Jellyfin's `ItemDeleted`; of a whole film or series, or of a part of one.
        case item(isWhole: Bool)
        /// Shoko's `FileDeleted`.
        case shokoFile
    }

    /// Why a file is no longer one of a Radarr's or Sonarr's.
    public enum FileReason: String, Sendable, Hashable, CaseIterable {
        case upgrade, manual
        case missingFromDisk = "missingfromdisk"
        case noLinkedEpisodes = "nolinkedepisodes"
        case manualOverride = "manualoverride"
        /// A word of another version, or none at all.
        case untold = ""

        /// Reads the programs' word in any case.
        public init(word: String?) { self = word.flatMap { Self(rawValue: $0.lowercased()) } ?? .untold }
    }

    public var service: String
    public var instance: String
    public var loss: Loss
    /// By what the row is found.
    public var keys: MediaKeys
    /// The episodes concerned; empty for a film or the whole title.
    public var units: [UnitNumber]
    public var title: String?
    public var year: Int64?
    public var at: Timestamp

    public init(
        service: String, instance: String, loss: Loss, keys: MediaKeys, units: [UnitNumber] = [], title: String? = nil,
        year: Int64? = nil, at: Timestamp
    ) {
        self.service = service
        self.instance = instance
        self.loss = loss
        self.keys = keys
        self.units = units
        self.title = title
        self.year = year
        self.at = at
    }
}

extension RemovalSignal {
    /// What a fact of tracking tells of a loss; nil for all that tell of none.
    ///
    /// A history that is read brings what a lost webhook did not, and Shoko's stream comes as facts only.
    public init?(_ fact: Observation) {
        let loss: Loss
        switch (fact.fact, fact.service) {
        case (.fileRemoved, "shoko"): loss = .shokoFile
        case (.fileRemoved, "sonarr"), (.fileRemoved, "radarr"):
            loss = .file(FileReason(word: fact.details[.reason] ?? FileReason.manual.rawValue))
        case (.fileReplaced, "sonarr"), (.fileReplaced, "radarr"): loss = .file(.upgrade)
        case (.vanishHint, _): loss = .item(isWhole: fact.units.isEmpty)
        default: return nil
        }
        self.init(
            service: fact.service, instance: fact.instance, loss: loss, keys: fact.keys, units: fact.units,
            title: fact.details[.title], year: fact.details[.year].flatMap { Int64($0) }, at: fact.receivedAt)
    }
}
