import Database
public import Media

/// An id that means something only on one instance of a service.
public struct InstanceID<ID: Sendable & Hashable>: Sendable, Hashable {
    public var instance: String
    public var id: ID

    public init(instance: String, id: ID) {
        self.instance = instance
        self.id = id
    }
}

/// One row of `requests`.
public struct RequestRecord: Sendable {
    public var id: Int64
    public var mediaType: MediaType
    public var origin: Origin
    public var variant: Variant?
    public var title: String
    public var originalTitle: String?
    public var year: Int64?
    public var overview: String?
    public var posterURL: String?
    public var jellyfin: InstanceID<JellyfinItemID>?
    public var tmdb: Int64?
    public var tvdb: Int64?
    public var imdb: String?
    public var radarr: InstanceID<Int64>?
    public var sonarr: InstanceID<Int64>?
    public var isAnime: Bool?
    public var state: Stage
    public var isUncertain: Bool
    public var requestedBy: String?
    public var createdAt: Timestamp
    public var updatedAt: Timestamp
    public var stateChangedAt: Timestamp
    public var availableAt: Timestamp?
    public var version: Int64
    /// Seasons asked for; empty for a film, and where none were named.
    public var seasons: [Int]
    /// The requester's Jellyfin user id, in the form of `JellyfinUserID`.
    public var owner: String?
    /// What the stage says besides its name; a key of the catalogue of texts with its value after a blank.
    public var note: String?
    public var attention: Attention?
    public var quality: String?
    public var indexer: String?
    public var releaseGroup: String?
    /// Of a series request; nil for rows that are one unit.
    public var episodesAvailable: Int64?
    public var episodesAired: Int64?
    public var episodesTotal: Int64?
    public var progress: DownloadProgress?
    /// A film's proof; episodes carry their own.
    public var proof: Proof
    public var jellyfinReadAt: Timestamp?
    public var episodesReadAt: Timestamp?
    /// The deletion that is under way or waits for somebody.
    public var deletion: Deletion?

    public struct Deletion: Sendable, Hashable {
        public var log: Int64
        public var status: DeletionStatus
    }
}

extension RequestRecord {
    static let columns: SQL = """
        id, media_type, origin, variant, title, original_title, year, overview, poster_url, jellyfin_instance, \
        jellyfin_id, tmdb_id, tvdb_id, imdb_id, radarr_instance, radarr_id, sonarr_instance, sonarr_id, is_anime, \
        state, uncertain, requested_by, created_at, updated_at, state_changed_at, available_at, version, \
        seasons, owner, note, attention_code, attention_reason, attention_since, attention_source, attention_actions, \
        quality, indexer, release_group, episodes_available, episodes_aired, episodes_total, progress_percent, \
        progress_done, progress_total, progress_speed, progress_eta, playable, playable_since, stub, absent_since, \
        absent_at, jellyfin_read_at, episodes_read_at, deletion_log, deletion_status
        """

    /// Reads a row selected by `columns`.
    init(_ row: borrowing Row) {
        id = row.integer(0)
        mediaType = MediaType(rawValue: row.text(1)) ?? .movie
        origin = Origin(rawValue: row.text(2)) ?? .request
        variant = row.optionalText(3).flatMap(Variant.init)
        title = row.text(4)
        originalTitle = row.optionalText(5)
        year = row.optionalInteger(6)
        overview = row.optionalText(7)
        posterURL = row.optionalText(8)
        jellyfin = row.blob(10).map {
            InstanceID(instance: row.optionalText(9) ?? "default", id: JellyfinItemID(stored: $0))
        }
        tmdb = row.optionalInteger(11)
        tvdb = row.optionalInteger(12)
        imdb = row.optionalText(13)
        radarr = row.optionalInteger(15).map { InstanceID(instance: row.optionalText(14) ?? "default", id: $0) }
        sonarr = row.optionalInteger(17).map { InstanceID(instance: row.optionalText(16) ?? "default", id: $0) }
        isAnime = row.optionalInteger(18).map { $0 == 1 }
        state = Stage(rawValue: row.text(19)) ?? .requested
        isUncertain = row.integer(20) == 1
        requestedBy = row.optionalText(21)
        createdAt = Timestamp(milliseconds: row.integer(22))
        updatedAt = Timestamp(milliseconds: row.integer(23))
        stateChangedAt = Timestamp(milliseconds: row.integer(24))
        availableAt = row.optionalInteger(25).map(Timestamp.init(milliseconds:))
        version = row.integer(26)
        seasons = row.text(27).split(separator: ",").compactMap { Int($0) }
        owner = row.optionalText(28)
        note = row.optionalText(29)
        attention = Self.attention(row)
        quality = row.optionalText(35)
        indexer = row.optionalText(36)
        releaseGroup = row.optionalText(37)
        episodesAvailable = row.optionalInteger(38)
        episodesAired = row.optionalInteger(39)
        episodesTotal = row.optionalInteger(40)
        progress = row.optionalReal(41).map { percent in
            DownloadProgress(
                percent: percent, bytesDone: row.optionalInteger(42), bytesTotal: row.optionalInteger(43),
                speed: row.optionalInteger(44), etaSeconds: row.optionalInteger(45))
        }
        proof = Self.proof(row)
        proof.item = jellyfin?.id
        proof.isUncertain = isUncertain
        jellyfinReadAt = row.optionalTime(51)
        episodesReadAt = row.optionalTime(52)
        deletion = row.optionalInteger(53).map {
            Deletion(log: $0, status: row.optionalText(54).flatMap(DeletionStatus.init) ?? .inProgress)
        }
    }

    private static func attention(_ row: borrowing Row) -> Attention? {
        guard let code = row.optionalText(30).flatMap(Attention.Code.init) else { return nil }
        return Attention(
            code: code, reason: row.text(31), since: row.optionalTime(32) ?? Timestamp(milliseconds: 0),
            source: row.text(33), actions: row.text(34).split(separator: ",").map(String.init))
    }

    private static func proof(_ row: borrowing Row) -> Proof {
        var proof = Proof()
        proof.isPlayable = row.integer(46) == 1
        proof.since = row.optionalTime(47)
        proof.stub = row.optionalText(48)
        proof.absentSince = row.optionalTime(49)
        proof.absentAt = row.optionalTime(50)
        return proof
    }
}

extension Row {
    /// A time in Unix milliseconds; nil for NULL.
    func optionalTime(_ column: Int) -> Timestamp? { optionalInteger(column).map(Timestamp.init(milliseconds:)) }
}

extension Value {
    init(_ time: Timestamp?) { self.init(time?.milliseconds) }
}
