import HTTPClient
import Jellyfin
public import Jobs
public import Media
public import Observability
public import Store

/// Brings what Jellyfin holds into the tracker, and fills what known rows lack.
public struct LibrarySync: PlannedJob {
    public typealias Report = SyncReport

    let options: SyncOptions
    let services: LibraryServices
    let store: Store
    /// Decides times that lie in the future.
    let now: Timestamp
    let stageWhenAdded: StageWhenAdded

    let log: Logger

    public init(_ options: SyncOptions, services: LibraryServices, store: Store, now: Timestamp, log: Logger) {
        self.log = log
        self.options = options
        self.services = services
        self.store = store
        self.now = now
        stageWhenAdded = StageWhenAdded(at: now)
    }

    /// One subject of a plan.
    public enum Known {
        /// A medium with its rows.
        case stored(medium: Int, rows: [KnownRow])
        /// A row of which Jellyfin holds nothing.
        case unheld(KnownRow)
        /// A medium without a row.
        case held(medium: Int)
    }

    public func report(of held: Holdings) -> SyncReport { held.report }
}
