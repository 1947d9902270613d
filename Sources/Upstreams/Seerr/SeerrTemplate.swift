import JSONStream
import Media

/// The values of a webhook's body, wherever its template puts them.
struct SeerrTemplate {
    private let document: JSONValue
    private let media: JSONValue?
    private let request: JSONValue?

    init(_ document: JSONValue) {
        self.document = document
        media = document.member(folded: "media")
        request = document.member(folded: "request")
    }

    /// A value of the body's own members, by its key in lower case without underscores.
    func text(_ key: String) -> String? { document.member(folded: key)?.text }

    /// Nil when neither a request nor a medium is named: nothing could be done with it.
    var keys: MediaKeys? {
        var keys = MediaKeys(mediaType: mediaType)
        keys.seerrRequest = positive(request, "requestid", "id")
        keys.tmdb = positive(media, "tmdbid", "mediatmdbid")
        if keys.mediaType != .movie { keys.tvdb = positive(media, "tvdbid", "mediatvdbid") }
        keys.imdb = value(media, "imdbid", "mediaimdbid")?.text
        let isNamed = keys.seerrRequest ?? keys.tmdb ?? keys.tvdb != nil || keys.imdb != nil
        return isNamed ? keys : nil
    }

    var details: Details {
        var details = Details()
        if let subject = text("subject") {
            let (title, year) = SeerrSubject.parse(subject)
            details[.title] = title
            details[.year] = year
        }
        details[.overview] = text("message")
        if let image = text("image"), image.hasPrefix("https://") || image.hasPrefix("http://") {
            details[.poster] = image
        }
        details[.requester] = value(request, "requestedbyusername", "username")?.text
        details[.seasons] = seasons
        return details
    }

    private var mediaType: MediaType? {
        if let word = value(media, "mediatype", "type")?.text, let type = MediaType(rawValue: word.lowercased()) {
            return type
        }
        // "Movie Request Approved", "4K Series Request Automatically Approved".
        let event = text("event")?.lowercased() ?? ""
        return event.contains("movie request") ? .movie : event.contains("series request") ? .tv : nil
    }

    /// `1,2` of the extra "Requested Seasons": "1, 2".
    private var seasons: String? {
        for extra in document.member(folded: "extra")?.elements ?? []
        where extra.member(folded: "name")?.text?.lowercased() == "requested seasons" {
            let numbers = extra.member(folded: "value")?.text?.split { $0 == "," || $0 == " " }.compactMap { Int($0) }
            return numbers.map { Set($0).sorted().map { String($0) }.joined(separator: ",") }
        }
        return nil
    }

    /// In the section by its short key, or beside it.
    private func value(_ section: JSONValue?, _ keys: String...) -> JSONValue? {
        for key in keys {
            if let value = section?.member(folded: key), value.text != nil { return value }
        }
        return keys.first.flatMap { document.member(folded: $0) } ?? keys.last.flatMap { document.member(folded: $0) }
    }

    private func positive(_ section: JSONValue?, _ keys: String...) -> Int64? {
        for key in keys {
            if let number = section?.member(folded: key)?.integer, number > 0 { return number }
        }
        for key in keys where key != "id" {
            if let number = document.member(folded: key)?.integer, number > 0 { return number }
        }
        return nil
    }
}

/// "Title (Year)".
enum SeerrSubject {
    static func parse(_ subject: String) -> (title: String, year: String?) {
        let bytes = Array(subject.utf8)
        guard bytes.count > 7, bytes.last == UInt8(ascii: ")"), case let open = bytes.count - 6,
            bytes[open] == UInt8(ascii: "("), bytes[open - 1] == UInt8(ascii: " "),
            bytes[(open + 1)..<(open + 5)].allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) })
        else { return (subject, nil) }
        return (
            String(decoding: bytes[..<(open - 1)], as: UTF8.self),
            String(decoding: bytes[(open + 1)..<(open + 5)], as: UTF8.self)
        )
    }
}

extension JSONValue {
    /// A member by its key in lower case without underscores: `tmdbId`, `tmdb_id` and `tmdbid` are one.
    func member(folded key: String) -> JSONValue? {
        guard case .object(let members) = self else { return nil }
        return members.last { Self.isEqual($0.key, folded: key) }?.value
    }

    private static func isEqual(_ key: String, folded: String) -> Bool {
        var rest = folded.utf8[...]
        for byte in key.utf8 where byte != UInt8(ascii: "_") {
            guard ASCII.lowercased(byte) == rest.popFirst() else { return false }
        }
        return rest.isEmpty
    }
}
