/// One download of a release and what is known of it now: the *arr's queue and the client's torrent (tracking.md §3.1).
///
/// A season pack is one download of many units; a unit has many downloads over time.
public struct Download: Sendable, Hashable {
    /// The row's number; 0 before it is stored.
    public var id: Int64 = 0
    public var service: String
    public var instance: String
    /// In lower case; the release title until the queue tells the id.
    public var downloadID: String
    /// How much of each episode's own files is there, 0…1, where the client tells.
    public var unitProgress: [UnitNumber: Double] = [:]
    /// Further hashes under which the client lists the torrent.
    public var hashes: [String] = []
    /// Empty for a film.
    public var units: [UnitNumber] = []
    public var release: String?
    public var size: Int64?
    /// The grab's time, or when it was first seen.
    public var grabbedAt: Timestamp
    public var queue: Queue?
    public var torrent: Torrent?
    /// When something first moved, when everything was there, when it failed for good, when it was ignored.
    public var startedAt: Timestamp?
    public var doneAt: Timestamp?
    public var failedAt: Timestamp?
    public var failure: String?
    public var ignoredAt: Timestamp?
    /// Not listed any more by anyone who ever listed it (two good reads each), and history knows no end of it.
    public var goneAt: Timestamp?

    public init(service: String, instance: String, downloadID: String, grabbedAt: Timestamp) {
        self.service = service
        self.instance = instance
        self.downloadID = downloadID
        self.grabbedAt = grabbedAt
    }

    /// The newest record of the *arr's queue.
    public struct Queue: Sendable, Hashable {
        public var status: String
        public var trackedState: String?
        public var message: String?
        public var sizeLeft: Int64?
        /// Since when status and state are these.
        public var since: Timestamp
        /// Good reads in a row that did not list it.
        public var missed = 0

        public init(status: String, trackedState: String?, since: Timestamp) {
            self.status = status
            self.trackedState = trackedState
            self.since = since
        }
    }

    /// The newest reading of the client.
    public struct Torrent: Sendable, Hashable {
        public var state: String
        public var isDone: Bool
        public var progress: Double
        public var size: Int64?
        public var done: Int64?
        public var speed: Int64
        public var etaSeconds: Int64?
        public var seeds: Int64
        /// Since when the state is this, and when the progress last grew.
        public var since: Timestamp
        public var progressAt: Timestamp
        public var missed = 0

        public init(_ reading: TorrentReading, since: Timestamp, progressAt: Timestamp) {
            state = reading.state
            isDone = reading.isDone
            progress = reading.progress
            size = reading.size
            done = reading.size.map { $0 - (reading.amountLeft ?? Int64(Double($0) * (1 - reading.progress))) }
            speed = reading.downloadSpeed
            etaSeconds = reading.etaSeconds
            seeds = reading.seeds
            self.since = since
            self.progressAt = progressAt
        }

        public init(state: String, isDone: Bool, progress: Double, since: Timestamp, progressAt: Timestamp) {
            self.state = state
            self.isDone = isDone
            self.progress = progress
            speed = 0
            seeds = 0
            self.since = since
            self.progressAt = progressAt
        }
    }

    /// Whether the client lists it at present.
    public var isInClient: Bool { torrent.map { $0.missed < 2 } ?? false }
    /// Whether the *arr's queue lists it at present.
    public var isInQueue: Bool { queue.map { $0.missed < 2 } ?? false }

    public var hasFailed: Bool {
        failedAt != nil || (isInQueue && queue?.trackedState == "failed")
    }

    public var isIgnored: Bool { ignoredAt != nil || (isInQueue && queue?.trackedState == "ignored") }

    /// Lives until failed or ignored, or gone; whether it was imported is the unit's affair.
    public var isLive: Bool { !hasFailed && !isIgnored && goneAt == nil }

    /// The stage that a live download proves (rules 9 to 12), and since when.
    public var stage: (Stage, since: Timestamp) {
        let tracked = isInQueue ? queue?.trackedState : nil
        if let queue, let tracked, ["importing", "importBlocked", "imported"].contains(tracked) {
            return (.importing, queue.since)
        }
        if let doneAt { return (.downloadDone, doneAt) }
        if isInClient, let torrent {
            if torrent.isDone { return (.downloadDone, torrent.since) }
            if isQueueDone, let queue { return (.downloadDone, queue.since) }
            return (.downloading, startedAt ?? torrent.since)
        }
        guard isInQueue, let queue else { return (.indexed, grabbedAt) }
        if isQueueDone { return (.downloadDone, queue.since) }
        if isQueueLoading || tracked == "failedPending" { return (.downloading, startedAt ?? queue.since) }
        return (.indexed, grabbedAt)
    }

    private var isQueueDone: Bool {
        isInQueue && (queue?.trackedState == "importPending" || queue?.status == "completed")
    }

    private var isQueueLoading: Bool {
        guard let queue, ["downloading", "paused", "warning"].contains(queue.status) else { return false }
        guard let size, let left = queue.sizeLeft else { return false }
        return left < size
    }
}
