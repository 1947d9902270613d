import JSONStream
import Media
import Store

extension NewFinding {
    /// The kinds of finding about rows.
    static let rowKinds = ["conflict"] + Drift.Kind.allCases.map(\.rawValue)
    /// Every kind of finding a library sync looks for.
    static let kinds = rowKinds + ["duplicate_id", "contradiction", "foreign_id"]

    /// The finding that a plan's line stands for.
    init(_ line: PlannedChange) {
        let kind = line.kind ?? "conflict"
        let about = line.requestID.map { "request:\($0)" } ?? "jellyfin:\(line.itemID?.text ?? "")"
        self.init(
            kind: kind,
            subject: line.action == .quarantined ? "\(kind)|jellyfin:\(line.itemID?.text ?? "")" : "\(kind)|\(about)",
            request: line.requestID, mediaType: line.mediaType, title: line.title, year: line.year,
            detail: Self.detail(line))
    }

    /// Both sides, for whoever decides.
    private static func detail(_ line: PlannedChange) -> String {
        var writer = JSONWriter()
        writer.object { writer in
            writer.field("item_id", line.itemID?.text)
            writer.field("item_title", line.record.text(LibraryItem.Slot.title))
            writer.field("item_path", line.record.text(LibraryItem.Slot.path))
            writer.key("conflicts")
            writer.raw((line.record.text(PlannedChange.Slot.conflicts) ?? "[]").utf8)
            writer.key("candidates")
            writer.raw((line.record.text(PlannedChange.Slot.candidates) ?? "[]").utf8)
        }
        return String(decoding: writer.bytes, as: UTF8.self)
    }
}
