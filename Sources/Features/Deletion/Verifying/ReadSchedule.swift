import Media

/// When a deletion is read again, and when that is enough.
struct ReadSchedule: Sendable, Hashable {
    /// Waits before each reading.
    private let waits: [Duration]
    private let isUsual: Bool
    /// Readings made before this one.
    private let reads: Int

    /// Jellyfin's monitor waits, and its scans are slow: it has twenty minutes.
    private static let lastForJellyfin = Duration.seconds(60)

    /// `waits`: a list of one's own, which ends every service's readings; nil for the usual one.
    init(_ waits: [Duration]?, reads: Int) {
        isUsual = waits == nil
        self.waits = waits ?? DeletionSettings.usualWaits
        self.reads = reads
    }

    /// Whether what is still there at this reading has failed.
    func isLast(for service: DeletionService) -> Bool {
        let most = isUsual && service == .jellyfin ? waits.count + 1 : waits.count
        return reads + 1 >= most
    }

    /// Whether slow services have had their time, and may be asked once more.
    var isTimeToNudge: Bool { reads + 1 == min(3, max(1, waits.count - 1)) }

    /// The wait before the reading after this one; what cannot be read is asked again for a day.
    var next: Duration {
        if reads + 1 < waits.count { return waits[reads + 1] }
        if isUsual && reads + 1 == waits.count { return Self.lastForJellyfin }
        return max(waits.last ?? .seconds(600), .milliseconds(100))
    }
}
