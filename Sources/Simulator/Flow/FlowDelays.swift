/// How long each hop takes, in virtual seconds before the seeded spread of ± 30 % (simulator.md §3).
struct FlowDelays: Sendable, Hashable {
    /// Approval of a request by a user who may approve.
    var approve = 1.0
    /// The *arr has the title, after the approval.
    var add = 1.0
    /// The release search.
    var search = 5.0...40.0
    /// A magnet's metadata.
    var metadata = 3.0
    /// Megabytes a second of a download.
    var rate = 20.0...80.0
    /// From a finished download to its import.
    var importing = 5.0...30.0
    /// Between the files of one import.
    var perFile = 1.0
    /// From the import until Shoko sees the file.
    var shokoDetect = 2.0
    /// Shoko's hashing, for each 10^9 bytes.
    var shokoHash = 10.0
    var shokoMatch = 20.0
    var shokoMetadata = 30.0
    /// Jellyfin's library monitor.
    var monitor = 60.0
    /// Whether Jellyfin's monitor watches the disk by itself; 0 for only when told to look.
    var watch = 1.0
    /// A scan of Jellyfin's libraries.
    var scan = 3.0
    /// From Jellyfin's item to its provider ids.
    var identify = 5.0...60.0
    /// The webhook plug-in looks for items with ids this often.
    var itemAdded = 30.0
    /// Seerr's scan for what became available.
    var seerrScan = 300.0
    /// Deleted files vanish after this.
    var deletion = 3.0
    /// Thousandths a delay may be shorter or longer.
    var spread = 300
    /// One download in this many stalls once; 0 for none.
    var stalls = 3

    /// The names scenario files may set, each a number of seconds (ranges become that number).
    static let names = [
        "approve", "add", "search", "metadata", "rate", "import", "per_file", "shoko_detect", "shoko_hash",
        "shoko_match", "shoko_metadata", "monitor", "watch", "scan", "identify", "item_added", "seerr_scan", "deletion",
        "spread",
        "stalls",
    ]

    /// Sets a delay by its name in scenario files; false for an unknown name.
    mutating func set(_ name: String, _ value: Double) -> Bool {
        switch name {
        case "approve": approve = value
        case "add": add = value
        case "search": search = value...value
        case "metadata": metadata = value
        case "rate": rate = max(0.001, value)...max(0.001, value)
        case "import": importing = value...value
        case "per_file": perFile = value
        case "shoko_detect": shokoDetect = value
        case "shoko_hash": shokoHash = value
        case "shoko_match": shokoMatch = value
        case "shoko_metadata": shokoMetadata = value
        case "monitor": monitor = value
        case "watch": watch = value
        case "scan": scan = value
        case "identify": identify = value...value
        case "item_added": itemAdded = max(1, value)
        case "seerr_scan": seerrScan = max(1, value)
        case "deletion": deletion = value
        case "spread": spread = min(1_000, max(0, Int(value)))
        case "stalls": stalls = max(0, Int(value))
        default: return false
        }
        return true
    }
}
