import JSONStream
import Media
import Store

/// Why a medium cannot be planned without a person: its ids point two ways (library-sync.md §2).
struct Ambiguity {
    var kind: String
    /// What the ids point to, as JSON for whoever decides.
    var candidates: String

    init?(_ subject: Subject, _ rows: [KnownRow]) {
        if subject.held.media[subject.medium].isListedTwice {
            self.init("duplicate_id", Self.entryCandidates(subject))
        } else if let contradicted = Self.contradictedEntries(subject) {
            self.init("contradiction", contradicted)
        } else if Self.carriesMovieID(subject) {
            self.init("foreign_id", "[]")
        } else if let contradiction = Self.contradictoryRows(subject, rows) {
            self.init("duplicate_id", contradiction)
        } else {
            return nil
        }
        // Somebody looked at it and found it in order: it is planned like any other.
        if subject.held.subjectsKeptApart.contains(Self.subject(kind, subject.item)) { return nil }
    }

    private init(_ kind: String, _ candidates: String) {
        self.kind = kind
        self.candidates = candidates
    }

    /// The finding's subject: one per kind and item.
    static func subject(_ kind: String, _ item: LibraryItem) -> String { "\(kind)|jellyfin:\(item.id?.text ?? "")" }

    /// The *arr names the same title by its own id but gives it another IMDb number.
    private static func contradictedEntries(_ subject: Subject) -> String? {
        guard let first = subject.held.firstEntry(of: subject.medium), let imdb = subject.item.key(.imdb) else {
            return nil
        }
        let further = subject.held.furtherEntries(of: subject.medium)
        let isContradicted =
            first.contradicts(imdb) || further.contains { subject.held.entries[Int($0)].contradicts(imdb) }
        return isContradicted ? entryCandidates(subject) : nil
    }

    private static func entryCandidates(_ subject: Subject) -> String {
        var writer = JSONWriter()
        writer.array { writer in
            for number in subject.held.entries(of: subject.medium) {
                let entry = subject.held.entries[Int(number)]
                let catalogue = subject.held.catalogues[Int(entry.instance)]
                writer.object { writer in
                    writer.field("service", catalogue.service)
                    writer.field("instance", catalogue.instance)
                    writer.field("id", Int64(entry.id))
                }
            }
        }
        return String(decoding: writer.bytes, as: UTF8.self)
    }

    /// A series carrying the IMDb number of a film.
    private static func carriesMovieID(_ subject: Subject) -> Bool {
        guard subject.type == .tv, let imdb = subject.item.providerID(.imdb) else { return false }
        return ProviderKey(.movie, .imdb, imdb).flatMap { subject.held.keys[$0.code] } != nil
    }

    /// Rows matched by the item's ids that cannot be the same medium.
    private static func contradictoryRows(_ subject: Subject, _ rows: [KnownRow]) -> String? {
        let provider: Provider = subject.type == .movie ? .tmdb : .tvdb
        let native = subject.item.key(provider)
        // A row that points to this very item by its item id is no match by number: that is drift.
        let matched = native == nil ? rows : rows.filter { !subject.isOwn($0) }
        let numbers = matched.compactMap { row in
            (row.mediaType == .movie ? row.tmdb : row.tvdb).flatMap { ProviderKey(row.mediaType, provider, $0) }
        }
        // Rows of two numbers are two media, also where the item itself has none.
        guard !numbers.isEmpty, Set(numbers + [native].compactMap(\.self)).count > 1 else { return nil }
        var writer = JSONWriter()
        writer.array { writer in
            for row in rows {
                writer.object { writer in
                    writer.field("request_id", row.id)
                    writer.field("title", row.title)
                    writer.field("year", row.year)
                    writer.field("tmdb_id", row.tmdb)
                    writer.field("tvdb_id", row.tvdb)
                    writer.field("imdb_id", row.imdb)
                }
            }
        }
        return String(decoding: writer.bytes, as: UTF8.self)
    }
}

extension Subject {
    /// Whether a row points to one of this medium's items by its item id.
    func isOwn(_ row: KnownRow) -> Bool {
        guard let jellyfin = row.jellyfin else { return false }
        return held.keys[ProviderKey.item(jellyfin.id).code] == UInt32(medium)
    }
}
