import Jobs
import Media

/// What the services hold, after a gather: keys in memory, records in a temporary file.
///
/// Belongs to one run and one thread. About fifty bytes stay in memory for each title.
public final class Holdings {
    let spool: Spool
    let instance: String
    var items: [HeldItem] = []
    var media: [HeldMedium] = []
    /// Provider keys and item ids to media.
    var keys = KeyTable()
    var entries: [HeldEntry] = []
    /// (instance, id) to `entries`, for *arrs that do not list in order of id.
    var unorderedIDs = KeyTable()
    /// Entries of media that Jellyfin does not hold, by native key.
    var looseEntries: [UInt64: UInt32] = [:]
    /// Second and later entries of a medium, of other instances.
    var furtherEntries: [UInt32: [UInt32]] = [:]
    /// Records of entries that have to be looked at again.
    var entryRecords: [UInt32: Spool.Position] = [:]
    /// The *arr instances, by the number entries carry.
    var catalogues: [Catalogue] = []
    var report: SyncReport
    /// Whether absence from the listing means absence.
    var provesAbsence = false
    var total = 0
    /// Rows of each medium, filled in when the store has been read.
    var rows = RowIndex()
    var subjectsKeptApart: Set<String> = []

    struct Catalogue {
        var service: String
        var instance: String
        var variant: Variant?
        var isComplete = false
        /// Its entries lie one after the other.
        var entries: Range<Int>
        var isInOrder = true
    }

    init(_ spool: Spool, instance: String, mode: SyncOptions.Mode) {
        self.spool = spool
        self.instance = instance
        report = SyncReport(mode)
    }

    /// Loads the record that speaks for a medium.
    func load(_ medium: Int, into item: inout LibraryItem) throws {
        let position = items[Int(media[medium].main)].position
        let isSound = try unsafe spool.withRecord(at: position) { unsafe item.record.load($0) }
        guard isSound else { throw JobFailure(code: "internal", detail: "A gathered record is damaged.") }
    }

    /// Every *arr entry of a medium.
    func entries(of medium: Int) -> [UInt32] {
        guard media[medium].entry != HeldItem.none else { return [] }
        return [media[medium].entry] + furtherEntries(of: medium)
    }

    /// The entries of a medium after its first; looked up only where some medium has any.
    func furtherEntries(of medium: Int) -> [UInt32] {
        furtherEntries.isEmpty ? [] : furtherEntries[UInt32(medium)] ?? []
    }

    /// The first *arr entry of a medium: for nearly every medium the only one.
    func firstEntry(of medium: Int) -> HeldEntry? {
        let number = media[medium].entry
        return number == HeldItem.none ? nil : entries[Int(number)]
    }

    /// Whether every configured *arr of this kind was read.
    func hasCompleteCatalogue(_ service: String, _ instance: String) -> Bool {
        catalogues.contains { $0.service == service && $0.instance == instance && $0.isComplete }
    }

    func catalogueNumber(_ service: String, _ instance: String) -> UInt8? {
        catalogues.firstIndex { $0.service == service && $0.instance == instance }.map(UInt8.init)
    }

    static func entryKey(_ catalogue: UInt8, _ id: UInt32) -> UInt64 { UInt64(catalogue) << 40 | UInt64(id) | 1 << 56 }
}

/// Which rows belong to which medium.
struct RowIndex {
    static let none = UInt32.max

    /// The medium of each row, by row id.
    var mediumOfRow: [UInt32] = []
    /// Media that have a row.
    var tracked = MediumSet()
    /// Rows of media that have several.
    var several: [UInt32: [Int64]] = [:]
    /// Keys of media that rows of other media hold too: an identity they have taken.
    var taken: Set<UInt64> = []
    /// The last row id when the plan was made; later rows are news.
    var lastRow: Int64 = 0
}
