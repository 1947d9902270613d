import Media

/// What the earlier tracker's database holds, typed and mapped as library-sync.md §8 says.
struct EarlierRecords: Sendable {
    /// By id.
    var requests: [EarlierRequest] = []
    /// By time.
    var events: [EarlierEvent] = []
    /// By request, season and number.
    var episodes: [EarlierEpisode] = []
    /// By id.
    var deletions: [EarlierDeletion] = []
    /// Rows that could not be understood; the others are read all the same.
    var unreadable: [Unreadable] = []

    struct Unreadable: Sendable, Hashable {
        var table: EarlierTable
        var id: Int64
        /// A clause without a full stop: "has no known state".
        var why: String
    }
}

/// A request, or a title that its library sync found.
struct EarlierRequest: Sendable, Hashable {
    var id: Int64
    var title: String
    var mediaType: MediaType
    var stage: Stage
    /// What its state said beyond the stage.
    var attention: EarlierAttention?
    var seerrID: Int64?
    var tmdb: Int64?
    var tvdb: Int64?
    var imdb: String?
    /// Lower case.
    var downloadHash: String?
    var sonarrID: Int64?
    var radarrID: Int64?
    /// Series only.
    var shokoSeriesID: Int64?
    /// Films only: the earlier tracker kept it in the column of the series id.
    var shokoFileID: Int64?
    var isAnime: Bool?
    var alternateTitles: [String]
    var quality: String?
    var indexer: String?
    var releaseGroup: String?
    /// Bytes.
    var fileSize: Int64?
    var downloadPath: String?
    var finalPath: String?
    var jellyfinID: JellyfinItemID?
    var requestedBy: String?
    var posterURL: String?
    var year: Int64?
    var overview: String?
    /// The seasons asked for, ascending; empty when it did not say.
    var seasons: [Int64]
    /// The one season and episode of its oldest rows.
    var season: Int64?
    var episode: Int64?
    var createdAt: Timestamp?
    var updatedAt: Timestamp?
    var stateChangedAt: Timestamp?
    var availableAt: Timestamp?
}

/// A state of the earlier tracker that is a stage with something wrong.
struct EarlierAttention: Sendable, Hashable {
    enum Code: String, Sendable {
        case matchFailed = "match_failed"
        case timeout
    }

    var code: Code
    /// Its own words, from the timeline.
    var reason: String?

    /// The reason, or what the state says by itself.
    var text: String { reason ?? (code == .timeout ? "Took too long" : "Shoko could not match it") }
}

/// A line of a request's timeline.
struct EarlierEvent: Sendable, Hashable {
    var id: Int64
    var requestID: Int64
    var service: String
    /// The name of the webhook or step: `Grab`.
    var type: String
    /// Nil for a state that is none by itself, such as `TIMEOUT`.
    var stage: Stage?
    var details: String?
    var at: Timestamp?
}

/// One episode of a requested series.
struct EarlierEpisode: Sendable, Hashable {
    var id: Int64
    var requestID: Int64
    var season: Int64
    var number: Int64
    var title: String?
    var sonarrID: Int64?
    var tvdb: Int64?
    var stage: Stage
    /// Lower case.
    var downloadHash: String?
    var finalPath: String?
    var shokoFileID: String?
    var jellyfinID: JellyfinItemID?
    var createdAt: Timestamp?
    var updatedAt: Timestamp?
}

/// A deletion and what each service made of it.
struct EarlierDeletion: Sendable, Hashable {
    enum Status: String, Sendable {
        case complete, incomplete
    }

    struct Step: Sendable, Hashable {
        var service: String
        /// As stored, in lower case: `verified`, `not_needed`.
        var status: String
        var details: String?
        var error: String?
        var at: Timestamp?
    }

    var id: Int64
    var title: String
    var mediaType: MediaType
    var seerrID: Int64?
    var tmdb: Int64?
    var tvdb: Int64?
    var sonarrID: Int64?
    var radarrID: Int64?
    var shokoSeriesID: Int64?
    var jellyfinID: JellyfinItemID?
    var posterURL: String?
    var year: Int64?
    var isAnime: Bool?
    /// Who began it, in lower case: `dashboard`, `sonarr`.
    var source: String
    var userID: String?
    var userName: String?
    /// What was not finished is incomplete: nobody goes on with it.
    var status: Status
    var initiatedAt: Timestamp?
    var completedAt: Timestamp?
    /// By time.
    var steps: [Step] = []
}
