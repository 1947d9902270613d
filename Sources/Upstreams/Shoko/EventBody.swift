/// A call's arguments, of which the first one counts.
struct EventCall: Decodable {
    var arguments: Loose<LooseList<EventBody>>?
}

/// All that any event may carry; both versions, all kinds (upstreams.md §5.1).
struct EventBody: Decodable {
    struct CrossReference: Decodable {
        var episode: LooseID?
        var anidbEpisode: LooseID?
        var series: LooseID?
        var anidbAnime: LooseID?

        enum CodingKeys: String, CodingKey {
            case episode = "EpisodeID"
            case anidbEpisode = "AnidbEpisodeID"
            case series = "SeriesID"
            case anidbAnime = "AnidbAnimeID"
        }
    }

    struct Release: Decodable {
        var references: Loose<LooseList<CrossReference>>?

        enum CodingKeys: String, CodingKey {
            case references = "CrossReferences"
        }
    }

    /// There, and not null.
    struct Present: Decodable {
        init(from decoder: any Decoder) throws {}
    }

    var file: LooseID?
    var importFolder: LooseID?
    var managedFolder: LooseID?
    var relativePath: Loose<String>?
    var fileName: Loose<String>?
    var previousFileName: Loose<String>?
    var references: Loose<LooseList<CrossReference>>?
    var release: Loose<Release>?
    var attempts: LooseID?
    var hasReferences: Loose<Bool>?
    var isBanned: Loose<Bool>?
    var provider: Present?
    var releaseInfo: Present?
    var isCancelled: Loose<Bool>?
    var exception: Loose<String>?
    var reason: Loose<String>?

    enum CodingKeys: String, CodingKey {
        case file = "FileID"
        case importFolder = "ImportFolderID"
        case managedFolder = "ManagedFolderID"
        case relativePath = "RelativePath"
        case fileName = "FileName"
        case previousFileName = "PreviousFileName"
        case references = "CrossReferences"
        case release = "Release"
        case attempts = "AutoMatchAttempts"
        case hasReferences = "HasCrossReferences"
        case isBanned = "IsUDPBanned"
        case provider = "SelectedProvider"
        case releaseInfo = "ReleaseInfo"
        case isCancelled = "IsCancelled"
        case exception = "ExceptionMessage"
        case reason = "Reason"
    }
}
