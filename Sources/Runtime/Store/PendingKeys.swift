import Database
import Media

/// Keys of added rows, held back until there are thousands of them and then written in the order of their index.
///
/// Ids come scattered. One by one, each would touch a page of its own in two indexes that soon outgrow the cache; in
/// order, they go through those pages once. That takes two fifths off what keys cost, and keys are half of a first sync.
struct PendingKeys {
    /// What a key names; the order here is that of the lines, not of the words.
    enum Kind {
        case provider(Provider)
        case jellyfin, radarr, sonarr

        fileprivate var number: UInt8 {
            switch self {
            case .provider(let provider): provider.rawValue
            case .jellyfin: 0x40
            case .radarr: 0x41
            case .sonarr: 0x42
            }
        }
    }

    /// One key; its texts lie one after the other in `texts`.
    private struct Line {
        /// The kind and the first bytes of the value: enough of the index's order to find neighbours.
        var order: UInt64
        var request: Int64
        var start: UInt32
        var instanceSize: UInt32
        var valueSize: UInt32
        /// nil for a key that other rows may carry too.
        var identitySize: UInt32?
    }

    /// About two megabytes, a twentieth of the keys of a hundred thousand titles.
    private static let fullCount = 20_000
    /// How many rows go to the database at once.
    private static let pieceCount = 1_000

    private var lines: [Line] = []
    private var texts: [UInt8] = []

    var isFull: Bool { lines.count >= Self.fullCount }

    mutating func append(
        _ request: Int64, _ kind: Kind, instance: String, value: some Collection<UInt8>, identity: [UInt8]?
    ) {
        var order = UInt64(kind.number) << 56
        for (index, byte) in value.prefix(7).enumerated() { order |= UInt64(byte) << UInt64(48 - 8 * index) }
        lines.append(
            Line(
                order: order, request: request, start: UInt32(texts.count), instanceSize: UInt32(instance.utf8.count),
                valueSize: UInt32(value.count), identitySize: identity.map { UInt32($0.count) }))
        texts.append(contentsOf: instance.utf8)
        texts.append(contentsOf: value)
        if let identity { texts.append(contentsOf: identity) }
    }

    /// Writes and forgets all of them.
    mutating func write(in tx: Transaction) throws {
        lines.sort { $0.order < $1.order }
        var rows = BulkRows(
            table: "request_keys", columns: ["request_id", "kind", "instance", "value", "identity"])
        for line in lines {
            append(line, to: &rows)
            if rows.count == Self.pieceCount {
                try tx.insert(rows)
                rows.removeAll()
            }
        }
        try tx.insert(rows)
        lines.removeAll(keepingCapacity: true)
        texts.removeAll(keepingCapacity: true)
    }

    private func append(_ line: Line, to rows: inout BulkRows) {
        rows.append(line.request)
        switch UInt8(line.order >> 56) {
        case Kind.jellyfin.number: rows.append("jellyfin" as StaticString)
        case Kind.radarr.number: rows.append("radarr" as StaticString)
        case Kind.sonarr.number: rows.append("sonarr" as StaticString)
        case let provider: rows.append(Provider(rawValue: provider)?.name)
        }
        let value = Int(line.start + line.instanceSize)
        let identity = value + Int(line.valueSize)
        unsafe texts.withUnsafeBytes { texts in
            unsafe rows.append(text: UnsafeRawBufferPointer(rebasing: texts[Int(line.start)..<value]))
            unsafe rows.append(text: UnsafeRawBufferPointer(rebasing: texts[value..<identity]))
            if let size = line.identitySize {
                unsafe rows.append(text: UnsafeRawBufferPointer(rebasing: texts[identity..<identity + Int(size)]))
            } else {
                rows.appendNull()
            }
        }
        rows.endRow()
    }
}
