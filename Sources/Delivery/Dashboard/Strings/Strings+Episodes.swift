extension Strings {
    /// Episodes, and what the page of one request says beside them.
    static let englishEpisodes: [Key: Phrase] = [
        .episodeLegend: "What the letters mean",
        .episodeUnaired: "Not aired yet",
        .episodesShow: "Show the episodes",
        .episodesPack: "{episodes}: one download",
        .episodesNotRequested: "Not requested",
        .episodesNotRequestedText: "They came in the same download, and are not counted.",
        .letterRequested: "R",
        .letterApproved: "W",
        .letterIndexed: "G",
        .letterDownloading: "D",
        .letterDownloadDone: "C",
        .letterImporting: "I",
        .letterAnimeMatching: "M",
        .letterSyncingLibrary: "L",
        .letterAvailable: "A",
        .letterFailed: "F",
        .letterGone: "X",
        .requestSeasons: "Asked for",
        .requestRelease: "Release",
        .requestIndexer: "Indexer",
        .requestSize: "Size",
        .requestInstance: "Fetched by",
        .requestFirstAirs: "First episode airs",
        .uncertain: "Uncertain match",
        .noteRemovedInSeerr: "Somebody removed this request in Seerr; Marquee follows it on.",
        .noteSeasonsDiffer: "Sonarr counts seasons otherwise than Seerr, so every monitored episode is followed.",
        .uncertainText:
            "Matched by title or number, not by an id. It stays marked until an exact proof or an override.",
    ]
}
