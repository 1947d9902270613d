import Jellyfin
import Jobs
import Media

/// Groups listed items into media while they stream in, and spools their records.
final class HoldingsBuilder: LibraryReceiver {
    let held: Holdings
    private let progress: Progress
    private var mainIDs: [UInt32: JellyfinItemID] = [:]

    init(_ held: Holdings, _ progress: Progress) {
        self.held = held
        self.progress = progress
    }

    func restart() {
        held.items.removeAll()
        held.media.removeAll()
        held.keys = KeyTable()
        held.report.errors = 0
        held.report.errorDetails.removeAll()
        nativelyKeyed = MediumSet()
        mainIDs.removeAll()
    }

    func reject(_ item: RejectedItem) {
        held.report.errors += 1
        guard held.report.errorDetails.count < 100 else { return }
        held.report.errorDetails.append(
            SyncReport.ErrorDetail(
                item: "jellyfin:\(item.id)", title: item.title, code: "undecodable", detail: item.detail))
    }

    func pageDone(read: Int, of total: Int) throws {
        if held.media.isEmpty || read <= 500 { reserve(total) }
        progress.report("gather", done: read, total: total)
        try progress.checkCancellation()
    }

    /// Sizes the tables once the total is known, since growing them would need twice the memory.
    ///
    /// The total is what the server claims: no more than a million is taken at its word.
    private func reserve(_ total: Int) {
        let total = min(total, 1_000_000)
        held.items.reserveCapacity(total)
        held.media.reserveCapacity(total)
        // Three keys for a film, four for a series; growing later would need twice the memory.
        held.keys.reserve(total * 7 / 2)
    }

    func receive(_ item: borrowing LibraryItem) throws {
        guard let id = item.id else { return }
        let number = UInt32(held.items.count)
        let position = try held.spool.append(item.record.bytes)
        held.items.append(
            HeldItem(
                position: position, isPlayable: item.isPlayable,
                isIncomplete: item.isIncomplete))
        if let medium = self.medium(of: item) {
            join(number, id, medium, isPlayable: item.isPlayable)
            register(item, id, medium)
        } else {
            let medium = UInt32(held.media.count)
            held.media.append(HeldMedium(item.type, main: number))
            register(item, id, medium)
        }
    }

    /// The medium an item belongs to: the first of its ids, in match order, that is known.
    ///
    /// A weaker id is trusted only where no stronger one contradicts it: two titles that share an IMDb number but have
    /// TMDB numbers of their own stay apart.
    private func medium(of item: borrowing LibraryItem) -> UInt32? {
        var hasStronger = false
        for provider in Provider.matchOrder(of: item.type) {
            guard let key = item.key(provider) else { continue }
            if let medium = held.keys[key.code], !(hasStronger && hasOwnNativeKey(medium)) { return medium }
            hasStronger = true
        }
        return nil
    }

    /// Whether a medium carries an id of its type's first provider.
    private func hasOwnNativeKey(_ medium: UInt32) -> Bool { nativelyKeyed.contains(medium) }

    private var nativelyKeyed = MediumSet()

    private func register(_ item: borrowing LibraryItem, _ id: JellyfinItemID, _ medium: UInt32) {
        for provider in Provider.allCases {
            if let key = item.key(provider) { held.keys.insert(key.code, medium) }
        }
        if item.record.has(LibraryItem.slot(of: item.type == .movie ? .tmdb : .tvdb)) { nativelyKeyed.insert(medium) }
        held.keys.insert(ProviderKey.item(id).code, medium)
    }

    /// Adds a further item to a medium; the better one speaks for it.
    private func join(_ number: UInt32, _ id: JellyfinItemID, _ medium: UInt32, isPlayable: Bool) {
        let index = Int(medium)
        let main = held.media[index].main
        held.media[index].countItem()
        let mainID = mainIDs[medium] ?? self.id(of: main)
        let isMainPlayable = held.items[Int(main)].isPlayable
        let isBetter = isPlayable == isMainPlayable ? id.text < mainID.text : isPlayable
        if isBetter { held.media[index].main = number }
        mainIDs[medium] = isBetter ? id : mainID
    }

    private func id(of item: UInt32) -> JellyfinItemID {
        var record = LibraryItem()
        let position = held.items[Int(item)].position
        let isSound = (try? unsafe held.spool.withRecord(at: position) { unsafe record.record.load($0) }) ?? false
        return (isSound ? record.id : nil) ?? JellyfinItemID(stored: [])
    }
}

/// A set of media numbers, a bit each.
struct MediumSet {
    private var words: [UInt64] = []

    func contains(_ medium: UInt32) -> Bool {
        let word = Int(medium >> 6)
        return word < words.count && words[word] & 1 << UInt64(medium & 63) != 0
    }

    mutating func insert(_ medium: UInt32) {
        let word = Int(medium >> 6)
        while words.count <= word { words.append(0) }
        words[word] |= 1 << UInt64(medium & 63)
    }
}

extension LibraryItem {
    /// Whether it lacks a description, or an id that titles of its type have.
    fileprivate var isIncomplete: Bool {
        let wanted = [Slot.overview, Slot.tmdb, Slot.imdb] + (type == .tv ? [Slot.tvdb] : [])
        return wanted.contains { !record.has($0) }
    }
}
