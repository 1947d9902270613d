import Jobs
import Media
import Store

extension LibrarySync {
    /// A medium without a row that counts: it is added, if it can be played.
    func planAddition(
        _ subject: Subject, closedRows: Int, _ plan: inout PlanLines, _ report: inout SyncReport
    ) throws {
        if let ambiguity = Ambiguity(subject, []) { return quarantine(subject, ambiguity, &plan, &report, rows: []) }
        let entry = try entry(for: subject, variant: nil)
        guard subject.isPlayable, !(subject.type == .tv && entry?.hasFile == false) else {
            return skip(subject, "no_media", &report)
        }
        report.skip("same_medium", subject.items - 1)
        report.added += 1
        if !subject.hasProviderID { report.itemsWithoutID += 1 }
        plan.append { change in
            change.record.append(subject.item.record)
            change.record.put(PlannedChange.Slot.action, PlanAction.add.rawValue)
            change.record.put(PlannedChange.Slot.itemInstance, subject.held.instance)
            change.record.put(PlannedChange.Slot.items, 1)
            if closedRows > 0 { change.record.put(PlannedChange.Slot.round, Int64(closedRows) + 1) }
            var fills = FieldSet(bits: PlannedChange.fieldsPresent(subject.item))
            complete(&change, &fills, subject, entry)
            change.record.put(PlannedChange.Slot.fills, fills.bits)
            change.record.put(PlannedChange.Slot.stage, stageWhenAdded.of(subject.type).rawValue)
        }
    }

    /// Adds what the item itself does not say: the *arr's number and dates, and evidence for anime.
    private func complete(
        _ change: inout PlannedChange, _ fills: inout FieldSet, _ subject: Subject, _ entry: HeldEntry?
    ) {
        var fromCatalogue = FieldSet()
        if let entry {
            change.put(entry, subject.held)
            let field: FillableField = subject.type == .movie ? .radarrID : .sonarrID
            fills.insert(field)
            fromCatalogue.insert(field)
        }
        for field in fallbackFields(subject, entry, into: &change) {
            fills.insert(field)
            fromCatalogue.insert(field)
        }
        if let (time, isFromCatalogue) = availableAt(subject, entry) {
            change.record.put(PlannedChange.Slot.availableAt, time.milliseconds)
            change.record.put(PlannedChange.Slot.isApproximate, isFromCatalogue ? 0 : 1)
            fills.insert(.availableAt)
            if isFromCatalogue { fromCatalogue.insert(.availableAt) }
        }
        if isAnime(subject, entry) {
            change.record.put(PlannedChange.Slot.isAnime, 1)
            fills.insert(.isAnime)
            if entry?.isAnime == true { fromCatalogue.insert(.isAnime) }
        }
        if !fromCatalogue.isEmpty { change.record.put(PlannedChange.Slot.fromCatalogue, fromCatalogue.bits) }
        let shared = subject.sharedKeys | Self.borrowedKeys(fromCatalogue)
        if shared != 0 { change.record.put(PlannedChange.Slot.sharedKeys, shared) }
    }

    /// Ids that came from the *arr find the row, but are no identity of it: the item does not carry them.
    private static func borrowedKeys(_ fields: FieldSet) -> Int64 {
        let ids: [(FillableField, Provider)] = [(.tmdbID, .tmdb), (.tvdbID, .tvdb), (.imdbID, .imdb)]
        return ids.reduce(0) { $0 | (fields.contains($1.0) ? 1 << Int64($1.1.rawValue) : 0) }
    }

    /// Year, ids and overview from the *arr where the item has none.
    ///
    /// - Returns: the fields put into `change`.
    func fallbackFields(_ subject: Subject, _ entry: HeldEntry?, into change: inout PlannedChange) -> [FillableField] {
        guard let entry else { return [] }
        var found: [FillableField] = []
        if subject.item.year == nil && entry.year > 0 {
            change.record.put(LibraryItem.Slot.year, Int64(entry.year))
            found.append(.year)
        }
        let missing = Self.fallbacks.filter { !subject.item.record.has($0.slot) }
        guard !missing.isEmpty, let record = subject.entryRecord(entry)?.record else { return found }
        for (field, slot, source) in missing {
            guard let value = record.slice(source), field == .overview || IDText.meaningful(value) != nil else {
                continue
            }
            change.record.put(slot, bytes: value)
            found.append(field)
        }
        return found
    }

    private static let fallbacks: [(field: FillableField, slot: Int, source: Int)] = [
        (.tmdbID, LibraryItem.Slot.tmdb, CatalogueEntry.Slot.tmdb),
        (.tvdbID, LibraryItem.Slot.tvdb, CatalogueEntry.Slot.tvdb),
        (.imdbID, LibraryItem.Slot.imdb, CatalogueEntry.Slot.imdb),
        (.overview, LibraryItem.Slot.overview, CatalogueEntry.Slot.overview),
    ]

    /// When it became available: the *arr's date of the file, else the server's, which is only approximate.
    ///
    /// A date in the future or before 2000 is no date.
    func availableAt(_ subject: Subject, _ entry: HeldEntry?) -> (Timestamp, isFromCatalogue: Bool)? {
        let year2000 = Timestamp(milliseconds: 946_684_800_000)
        func sound(_ time: Timestamp?) -> Timestamp? { time.flatMap { $0 >= year2000 && $0 <= now ? $0 : nil } }
        let added = entry.flatMap { entry -> Timestamp? in
            entry.fileAddedAt == 0 ? nil : Timestamp(milliseconds: Int64(entry.fileAddedAt) * 1_000)
        }
        if let added = sound(added) { return (added, true) }
        return sound(subject.item.createdAt).map { ($0, false) }
    }

    /// Evidence for anime that a sync can see (tracking.md §3.4); absence of it proves nothing.
    func isAnime(_ subject: Subject, _ entry: HeldEntry?) -> Bool {
        if entry?.isAnime == true || subject.item.record.has(LibraryItem.Slot.anidb) { return true }
        guard let path = subject.item.record.slice(LibraryItem.Slot.path) else { return false }
        return services.animePaths.contains { path.hasComponent($0) }
    }
}

extension Subject {
    var hasProviderID: Bool { Provider.allCases.contains { item.record.has(LibraryItem.slot(of: $0)) } }

    /// The item's ids that another medium was seen with first, or a row of another holds, as bits by provider.
    var sharedKeys: Int64 {
        var bits: Int64 = 0
        for provider in Provider.allCases {
            guard let key = item.key(provider) else { continue }
            let isForeign = held.keys[key.code] != UInt32(medium) || held.rows.taken.contains(key.code)
            if isForeign { bits |= 1 << Int64(provider.rawValue) }
        }
        // Bit 0 stands for the item id itself: a row that was filled since may have been made from this item.
        if let id = item.id, held.rows.taken.contains(ProviderKey.item(id).code) { bits |= 1 }
        return bits
    }

    /// The observation that makes the row available.
    func playable(at now: Timestamp) -> Observation { .playable(on: held.instance, at: now) }

    func entryRecord(_ entry: HeldEntry) -> CatalogueEntry? {
        let number = held.entryNumber(entry.instance, entry.id)
        return number.flatMap { try? held.loadEntry($0, type) }
    }
}

extension PlannedChange {
    mutating func put(_ entry: HeldEntry, _ held: Holdings) {
        record.put(Slot.catalogueID, Int64(entry.id))
        record.put(Slot.catalogueInstance, held.catalogues[Int(entry.instance)].instance)
    }

    /// The fields that an item's own record fills.
    static func fieldsPresent(_ item: LibraryItem) -> Int64 {
        var fields = FieldSet()
        fields.insert(.jellyfinID)
        for (field, slot) in ownSlots where item.record.has(slot) { fields.insert(field) }
        return fields.bits
    }

    private static let ownSlots: [(FillableField, Int)] = [
        (.tmdbID, LibraryItem.Slot.tmdb), (.tvdbID, LibraryItem.Slot.tvdb), (.imdbID, LibraryItem.Slot.imdb),
        (.posterURL, LibraryItem.Slot.posterURL), (.year, LibraryItem.Slot.year),
        (.overview, LibraryItem.Slot.overview),
    ]
}

extension Observation {
    static func playable(on instance: String, at now: Timestamp) -> Observation {
        Observation(
            service: "jellyfin", instance: instance, channel: .sync, fact: .playable, naturalKey: "",
            observedAt: now, receivedAt: now)
    }
}

/// The stage an added row enters: `derive` is pure and its facts are always these, so once per media type is enough.
struct StageWhenAdded: Sendable {
    private let movie: Stage
    private let tv: Stage

    init(at now: Timestamp) {
        func stage(_ type: MediaType) -> Stage {
            derive(
                RequestFacts(
                    mediaType: type, origin: .librarySync, observations: [.playable(on: "", at: now)]),
                now: now
            ).stage
        }
        movie = stage(.movie)
        tv = stage(.tv)
    }

    func of(_ type: MediaType) -> Stage { type == .movie ? movie : tv }
}

extension ArraySlice<UInt8> {
    /// Whether a path has a folder or file of this name, without regard to the case of ASCII letters.
    func hasComponent(_ name: String) -> Bool {
        let wanted = name.utf8.count
        var start = startIndex
        while start <= endIndex {
            let end = self[start...].firstIndex { $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: "\\") } ?? endIndex
            if end - start == wanted && wanted > 0 && self[start..<end].lowercasedEqual(name) { return true }
            start = end + 1
        }
        return false
    }
}

extension Collection<UInt8> {
    /// Equality without regard to the case of ASCII letters.
    func lowercasedEqual(_ text: String) -> Bool {
        elementsEqual(text.utf8) { ASCII.lowercased($0) == ASCII.lowercased($1) }
    }
}
