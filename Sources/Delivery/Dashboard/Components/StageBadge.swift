public import HTML

/// How far a request has come, as icon, word and colour.
public struct StageBadge: Component, Sendable {
    /// The stages of tracking.md §3.
    public enum Stage: String, Sendable, CaseIterable {
        case requested, approved, indexed, downloading, importing, available, declined, failed, deleted
        case downloadDone = "download_done"
        case animeMatching = "anime_matching"
        case syncingLibrary = "syncing_library"

        /// How advanced a stage is; what has ended without arriving comes first.
        var rank: Int64 {
            switch self {
            case .deleted, .declined: 0
            case .failed: 1
            case .requested: 2
            case .approved: 3
            case .indexed: 4
            case .downloading: 5
            case .downloadDone: 6
            case .importing: 7
            case .animeMatching: 8
            case .syncingLibrary: 9
            case .available: 10
            }
        }
    }

    let page: PageContext
    let stage: Stage

    init(_ page: PageContext, _ stage: Stage) {
        self.page = page
        self.stage = stage
    }

    public var body: Markup { Badge(Self.tone(stage), icon, Self.word(stage, page)) }

    static func tone(_ stage: Stage) -> Badge.Tone {
        switch stage {
        case .requested, .approved, .deleted, .declined: .waiting
        case .indexed: .grabbed
        case .downloading, .downloadDone, .importing, .animeMatching, .syncingLibrary: .active
        case .available: .good
        case .failed: .bad
        }
    }

    private var icon: Icon {
        switch stage {
        case .requested, .approved: .clock
        case .indexed: .search
        case .downloading, .downloadDone: .down
        case .importing, .animeMatching, .syncingLibrary: .sync
        case .available: .check
        case .declined, .deleted: .cross
        case .failed: .alert
        }
    }

    static func word(_ stage: Stage, _ page: PageContext) -> String {
        switch stage {
        case .requested: page[.stageRequested]
        case .approved: page[.stageApproved]
        case .indexed: page[.stageIndexed]
        case .downloading: page[.stageDownloading]
        case .downloadDone: page[.stageDownloadDone]
        case .importing: page[.stageImporting]
        case .animeMatching: page[.stageAnimeMatching]
        case .syncingLibrary: page[.stageSyncingLibrary]
        case .available: page[.stageAvailable]
        case .declined: page[.stageDeclined]
        case .failed: page[.stageFailed]
        case .deleted: page[.stageDeleted]
        }
    }
}
