public import Media
import Synchronization

/// What is known of each service instance, from checks at most half a minute old (operations.md §2).
public final class HealthBoard: Sendable {
    /// One instance as last seen.
    public struct Entry: Sendable {
        public var service: String
        public var instance: String
        /// nil before the first check.
        public var isReachable: Bool?
        /// What answers there, by its own name.
        public var application: String?
        public var version: String?
        /// Whether Marquee has been tested with that version; nil: not known.
        public var isSupported: Bool?
        /// How far its clock is ahead of ours, in seconds; nil: it has not said.
        public var clockSkew: Int64?
        public var latencyMillis: Int64?
        public var lastPolled: Timestamp?
        /// When it last answered as it should.
        public var lastSuccess: Timestamp?
        public var error: String?
        /// What to do about the error.
        public var remedy: Remedy?
        /// Since when it does not answer.
        public var silentSince: Timestamp?

        public init(service: String, instance: String) {
            self.service = service
            self.instance = instance
        }
    }

    /// What to do about a service that does not answer as it should; `name` is the setting to look at.
    public enum Remedy: Sendable, Hashable {
        case credentials(name: String)
        case address(name: String)
        case path(name: String)
        case examine
    }

    private let state: Mutex<[Entry]>
    /// Whether the process can do its work: set by whoever watches the database and the disk.
    private let readiness = Mutex<String?>(nil)

    private let free = Mutex<Int64?>(nil)

    public init(_ entries: [Entry]) { state = Mutex(entries) }

    /// Free bytes where the data is kept, when last looked at; nil before.
    public var freeBytes: Int64? { free.withLock { $0 } }

    public func setFreeBytes(_ bytes: Int64) { free.withLock { $0 = bytes } }

    public var entries: [Entry] { state.withLock { $0 } }

    /// Looks after these instances from now on; what is known of those that stay is kept.
    public func keep(_ wanted: [Entry]) {
        state.withLock { entries in
            let known = entries
            entries = wanted.map { one in
                known.first { $0.service == one.service && $0.instance == one.instance } ?? one
            }
        }
    }

    /// Replaces what is known of one instance.
    ///
    /// - Returns: whether it became reachable or ceased to be.
    @discardableResult
    public func update(_ entry: Entry) -> Bool {
        state.withLock { entries in
            guard
                let index = entries.firstIndex(where: { $0.service == entry.service && $0.instance == entry.instance })
            else { return false }
            let hasChanged = entries[index].isReachable != entry.isReachable
            let (silentSince, lastSuccess) = (entries[index].silentSince, entries[index].lastSuccess)
            entries[index] = entry
            entries[index].lastSuccess = entry.isReachable == true ? entry.lastPolled : lastSuccess
            entries[index].silentSince = entry.isReachable == false ? silentSince ?? entry.lastPolled : nil
            return hasChanged
        }
    }

    /// The word for too little free space.
    public static let diskFull = "disk_full"

    /// Why the process is not ready, in one word; nil when it is.
    public var unreadiness: String? { readiness.withLock { $0 } }

    public func setUnready(_ word: String?) { readiness.withLock { $0 = word } }

    /// `healthy`, `degraded` when a service does not answer, `unhealthy` when Marquee itself cannot work.
    public var status: String {
        if unreadiness != nil { return "unhealthy" }
        return entries.contains { $0.isReachable == false } ? "degraded" : "healthy"
    }
}
