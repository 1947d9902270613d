import Media

/// The form in which a plan stores a newcomer: records with fields, told apart by control characters that values lack.
extension Newcomer {
    private static let recordEnd: Character = "\u{1e}"

    public var packed: String {
        var records: [[String?]] = [["r", String(readAt.milliseconds)]]
        for observation in told { records.append(observation.packedFields) }
        for listed in downloads { records.append(listed.packedFields) }
        for torrent in torrents { records.append(torrent.packedFields) }
        return records.map { PackedFields.join($0) }.joined(separator: String(Self.recordEnd))
    }

    /// Reads the stored form; nil when it is damaged or of a later version.
    public init?(packed text: String) {
        self.init(told: [], readAt: Timestamp(milliseconds: 0))
        for record in text.split(separator: Self.recordEnd) {
            var fields = PackedFields(record)
            switch fields.text() {
            case "r":
                guard let read = fields.time() else { return nil }
                readAt = read
            case "o":
                guard let observation = Observation(&fields) else { return nil }
                told.append(observation)
            case "q":
                guard let listed = Listed(&fields) else { return nil }
                downloads.append(listed)
            case "t":
                guard let torrent = TorrentReading(&fields) else { return nil }
                torrents.append(torrent)
            default: return nil
            }
        }
        if told.isEmpty { return nil }
    }
}

/// Fields of one record, taken one after another; an empty one is nil.
private struct PackedFields {
    private static let end: Character = "\u{1d}"
    private var rest: ArraySlice<Substring>

    init(_ record: Substring) {
        rest = record.split(separator: Self.end, omittingEmptySubsequences: false)[...]
    }

    static func join(_ fields: [String?]) -> String {
        fields.map { field in
            guard let field else { return "" }
            let isClean = !field.unicodeScalars.contains { $0 == "\u{1d}" || $0 == "\u{1e}" }
            return isClean ? field : String(field.filter { $0 != "\u{1d}" && $0 != "\u{1e}" })
        }.joined(separator: String(end))
    }

    mutating func optional() -> String? {
        guard let field = rest.popFirst(), !field.isEmpty else { return nil }
        return String(field)
    }

    mutating func text() -> String { optional() ?? "" }
    mutating func integer() -> Int64? { optional().flatMap { Int64($0) } }
    mutating func time() -> Timestamp? { integer().map(Timestamp.init(milliseconds:)) }
    mutating func list() -> [String] { text().split(separator: ",").map(String.init) }
}

extension Observation {
    fileprivate var packedFields: [String?] {
        [
            "o", service, instance, channel.rawValue, fact.rawValue, naturalKey, String(observedAt.milliseconds),
            String(receivedAt.milliseconds), holds ? "1" : "0", keys.packed, units.packed, details.packed,
        ]
    }

    fileprivate init?(_ fields: inout PackedFields) {
        let (service, instance) = (fields.text(), fields.text())
        guard let channel = Channel(rawValue: fields.text()), let fact = Fact(rawValue: fields.text()) else {
            return nil
        }
        let naturalKey = fields.text()
        guard let observed = fields.time(), let received = fields.time() else { return nil }
        self.init(
            service: service, instance: instance, channel: channel, fact: fact, naturalKey: naturalKey,
            observedAt: observed, receivedAt: received, holds: fields.text() == "1")
        keys = MediaKeys(packed: fields.text())
        units = [UnitNumber](packed: fields.text())
        details = Details(packed: fields.text())
    }
}

extension Newcomer.Listed {
    fileprivate var packedFields: [String?] {
        [
            "q", service, instance, group.key, group.downloadID, group.title, group.arrTitle.map { String($0) },
            group.units.packed, group.episodes.map { String($0) }.joined(separator: ","), group.status,
            group.trackedState, group.message, group.size.map { String($0) }, group.sizeLeft.map { String($0) },
            group.isTorrent ? "1" : "0", group.quality, group.indexer,
        ]
    }

    fileprivate init?(_ fields: inout PackedFields) {
        let (service, instance, key) = (fields.text(), fields.text(), fields.text())
        let (downloadID, title, arrTitle) = (fields.optional(), fields.text(), fields.integer())
        let units = [UnitNumber](packed: fields.text())
        let episodes = fields.list().compactMap { Int64($0) }
        var group = QueueGroup(
            key: key, downloadID: downloadID, title: title, arrTitle: arrTitle, status: fields.text(),
            trackedState: fields.optional())
        group.units = units
        group.episodes = episodes
        group.message = fields.optional()
        group.size = fields.integer()
        group.sizeLeft = fields.integer()
        group.isTorrent = fields.text() == "1"
        group.quality = fields.optional()
        group.indexer = fields.optional()
        if service.isEmpty || key.isEmpty { return nil }
        self.init(service: service, instance: instance, group: group)
    }
}

extension TorrentReading {
    fileprivate var packedFields: [String?] {
        [
            "t", hash, state, hashes.joined(separator: ","), name, size.map { String($0) }, String(progress), category,
            contentPath, amountLeft.map { String($0) }, String(downloadSpeed), etaSeconds.map { String($0) },
            String(seeds), addedAt.map { String($0.milliseconds) }, completedAt.map { String($0.milliseconds) },
        ]
    }

    fileprivate init?(_ fields: inout PackedFields) {
        self.init(hash: fields.text(), state: fields.text())
        hashes = fields.list()
        name = fields.text()
        size = fields.integer()
        guard let progress = Double(fields.text()) else { return nil }
        self.progress = progress
        category = fields.text()
        contentPath = fields.optional()
        amountLeft = fields.integer()
        downloadSpeed = fields.integer() ?? 0
        etaSeconds = fields.integer()
        seeds = fields.integer() ?? 0
        addedAt = fields.time()
        completedAt = fields.time()
        if hash.isEmpty { return nil }
    }
}
