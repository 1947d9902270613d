import Media

/// The names of backups: time and reason, such as `2026-11-20T12-00-00Z-manual`.
enum BackupID {
    private static let timeLength = 20

    /// A name; later attempts give others, for backups of the same second.
    static func make(at time: Timestamp, reason: BackupReason, attempt: Int = 1) -> String {
        let second = time.rfc3339.prefix { $0 != "." }.map { $0 == ":" ? "-" : $0 }
        return String(second) + "Z-" + reason.rawValue + (attempt == 1 ? "" : "-\(attempt)")
    }

    /// True for what may name a folder of ours: nothing in it can lead anywhere else.
    static func isValid(_ id: String) -> Bool {
        (1...64).contains(id.utf8.count)
            && id.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "-"):
                    true
                default: false
                }
            }
    }

    /// What a name says; nil when it was not made here, such as that of a folder somebody has renamed.
    static func parse(_ id: String) -> (createdAt: Timestamp, reason: BackupReason)? {
        guard isValid(id), id.utf8.count > timeLength else { return nil }
        var time = Array(id.utf8.prefix(timeLength))
        time[13] = UInt8(ascii: ":")
        time[16] = UInt8(ascii: ":")
        let words = id.dropFirst(timeLength + 1).split(separator: "-", omittingEmptySubsequences: false)
        guard let createdAt = Timestamp(rfc3339: time),
            let reason = words.first.flatMap({ BackupReason(rawValue: String($0)) }),
            words.count <= 2, let attempt = words.count == 1 ? 1 : Int(words[1]),
            make(at: createdAt, reason: reason, attempt: attempt) == id
        else { return nil }
        return (createdAt, reason)
    }
}
