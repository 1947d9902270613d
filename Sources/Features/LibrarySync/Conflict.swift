import JSONStream
import Media
import Store

/// A stored value and a found one that differ: both are shown, neither is written.
///
/// Ids and the year are compared. Descriptions, pictures and dates differ from service to service without meaning
/// anything, so they are not.
struct Conflict {
    var field: FillableField
    var stored: String
    var found: String

    static func find(_ row: KnownRow, _ subject: Subject) -> [Conflict] {
        var conflicts: [Conflict] = []
        let record = subject.item.record
        func compare(_ field: FillableField, _ stored: Int64?, _ slot: Int) {
            guard let stored, let found = record.slice(slot), !found.elementsEqual(String(stored).utf8) else { return }
            conflicts.append(
                Conflict(field: field, stored: String(stored), found: String(decoding: found, as: UTF8.self)))
        }
        compare(.tmdbID, row.tmdb, LibraryItem.Slot.tmdb)
        compare(.tvdbID, row.tvdb, LibraryItem.Slot.tvdb)
        if let stored = row.imdb, let found = record.slice(LibraryItem.Slot.imdb), !found.lowercasedEqual(stored) {
            conflicts.append(
                Conflict(field: .imdbID, stored: stored, found: String(decoding: found, as: UTF8.self)))
        }
        if let stored = row.year, let found = subject.item.year, stored != found {
            conflicts.append(Conflict(field: .year, stored: String(stored), found: String(found)))
        }
        return conflicts
    }

    static func json(_ conflicts: [Conflict]) -> String {
        var writer = JSONWriter()
        writer.array { writer in
            for conflict in conflicts {
                writer.object { writer in
                    writer.field("field", conflict.field.name)
                    conflict.write("stored", conflict.stored, &writer)
                    conflict.write("found", conflict.found, &writer)
                }
            }
        }
        return String(decoding: writer.bytes, as: UTF8.self)
    }

    /// Numbers stay numbers, as the API shows them.
    private func write(_ key: StaticString, _ value: String, _ writer: inout JSONWriter) {
        if field != .imdbID, let number = Int64(value) {
            writer.field(key, number)
        } else {
            writer.field(key, value)
        }
    }
}
