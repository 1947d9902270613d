import JSONStream
import Media

/// Interprets one record of `GET /Items` as a library item; Jellyfin's quirks end here (upstreams.md §6.6).
struct LibraryItemReader {
    enum Outcome {
        case item
        /// A box set, a folder, a virtual item: the server lists it, the library does not hold it.
        case dropped
        case unusable(RejectedItem)
        /// An item without an id.
        case nameless(RejectedItem)
    }

    private enum Field {
        static let id = 0, name = 1, type = 2, year = 3, overview = 4, path = 5, created = 6, location = 7
        static let tmdb = 8, tvdb = 9, imdb = 10, anidb = 11, shokoSeries = 12, poster = 13
        static let sources = 14
    }

    static let shape = RecordShape([
        .value("Id", slot: Field.id), .value("Name", slot: Field.name), .value("Type", slot: Field.type),
        .value("ProductionYear", slot: Field.year), .value("Overview", slot: Field.overview),
        .value("Path", slot: Field.path), .value("DateCreated", slot: Field.created),
        .value("LocationType", slot: Field.location),
        .objectIgnoringCase(
            "ProviderIds",
            [
                .value("Tmdb", slot: Field.tmdb), .value("Tvdb", slot: Field.tvdb), .value("Imdb", slot: Field.imdb),
                .value("AniDB", slot: Field.anidb), .value("Shoko Series", slot: Field.shokoSeries),
            ]),
        .object("ImageTags", [.value("Primary", slot: Field.poster)]),
        .count("MediaSources", slot: Field.sources),
    ])

    var item = LibraryItem()
    private let imagePrefix: [UInt8]
    private var url: [UInt8] = []
    /// What tells this item from every other of the listing.
    private(set) var identity: UInt64 = 0

    /// - Parameter images: the URL below which the server keeps its items.
    init(images: String) { imagePrefix = Array((images + "/").utf8) }

    mutating func read(_ record: borrowing RecordStream) -> Outcome {
        let hasID = record.kind(Field.id) == .string || record.kind(Field.id) == .number
        guard hasID, let id = unsafe record.withBytes(Field.id, { unsafe JellyfinItemID($0) }) ?? nil else {
            return .nameless(
                RejectedItem(id: "", title: record.text(Field.name) ?? "", detail: "Id is missing"))
        }
        identity = ProviderKey.item(id).code
        let kind = record.text(Field.type)
        if (kind != "Movie" && kind != "Series") || record.text(Field.location) == "Virtual" { return .dropped }
        if record.kind(Field.year) == .string && record.integer(Field.year) == nil && record.text(Field.year) != "" {
            return .unusable(
                RejectedItem(
                    id: id.text, title: record.text(Field.name) ?? "", detail: "ProductionYear is not a number"))
        }
        fill(record, id: id, isSeries: kind == "Series")
        return .item
    }

    private mutating func fill(_ record: borrowing RecordStream, id: JellyfinItemID, isSeries: Bool) {
        typealias Slot = LibraryItem.Slot
        item.record.removeAll()
        item.record.put(Slot.id, bytes: id.bytes)
        item.record.put(Slot.type, isSeries ? 1 : 0)
        if let year = record.integer(Field.year), year > 0 { item.record.put(Slot.year, year) }
        copy(record, Field.overview, to: Slot.overview)
        copy(record, Field.path, to: Slot.path)
        putPoster(record, id: id)
        copy(record, Field.name, to: Slot.title)
        if !item.record.has(Slot.title) { item.record.put(Slot.title, fallbackTitle) }
        if let created = unsafe record.withBytes(Field.created, { unsafe Timestamp(rfc3339: $0) }) ?? nil {
            item.record.put(Slot.createdAt, created.milliseconds)
        }
        copyID(record, Field.tmdb, .tmdb)
        copyID(record, Field.tvdb, .tvdb)
        copyID(record, Field.imdb, .imdb)
        copyID(record, Field.anidb, .anidb)
        copyID(record, Field.shokoSeries, .shokoSeries)
        let isThere = record.text(Field.location) != "Offline"
        let hasFile = (record.integer(Field.sources) ?? 0) > 0 || item.record.has(Slot.path)
        if isThere && (isSeries || hasFile) { item.record.put(Slot.isPlayable, 1) }
    }

    /// The Primary image's address: it needs no token, and its tag changes with the picture.
    private mutating func putPoster(_ record: borrowing RecordStream, id: JellyfinItemID) {
        unsafe record.withBytes(Field.poster) { tag in
            if tag.isEmpty { return }
            url.removeAll(keepingCapacity: true)
            url.append(contentsOf: imagePrefix)
            url.append(contentsOf: id.text.utf8)
            url.append(contentsOf: "/Images/Primary?tag=".utf8)
            unsafe url.append(contentsOf: tag)
            item.record.put(LibraryItem.Slot.posterURL, bytes: url)
        }
    }

    /// The last part of the path, for an item without a name.
    private var fallbackTitle: String {
        guard let path = item.path, let last = path.split(whereSeparator: { $0 == "/" || $0 == "\\" }).last else {
            return "Untitled"
        }
        return String(last)
    }

    private mutating func copy(_ record: borrowing RecordStream, _ field: Int, to slot: Int) {
        unsafe record.withBytes(field) { bytes in
            if !bytes.isEmpty { unsafe item.record.put(slot, bytes: bytes) }
        }
    }

    /// Ids are text or numbers; blanks, "", and "0" mean none.
    ///
    /// Only numbers can be TMDB or TVDB ids; they are kept as rows store them, without leading zeros.
    private mutating func copyID(_ record: borrowing RecordStream, _ field: Int, _ provider: Provider) {
        guard record.kind(field) == .string || record.kind(field) == .number else { return }
        unsafe record.withBytes(field) { bytes in
            guard var value = unsafe IDText.meaningful(bytes) else { return }
            if provider == .tmdb || provider == .tvdb {
                unsafe value = value.drop { $0 == UInt8(ascii: "0") }
                guard unsafe value.count <= 18 && value.allSatisfy({ $0 &- 48 < 10 }) else { return }
            }
            unsafe item.record.put(LibraryItem.slot(of: provider), bytes: value)
        }
    }
}
