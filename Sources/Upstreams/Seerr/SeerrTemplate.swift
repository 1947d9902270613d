import JSONStream
import Media

/// The values of a webhook's body, wherever its template puts them.
struct SeerrTemplate {
    private let document: TemplateSection
    private let media: TemplateSection?
    private let request: TemplateSection?

    init(_ root: JSONNode) {
        document = TemplateSection(root)
        media = document["media"].map { TemplateSection($0) }
        request = document["request"].map { TemplateSection($0) }
    }

    /// A value of the body's own members, by its key in lower case without underscores.
    func text(_ key: String) -> String? { document[key]?.word }

    /// Nil when neither a request nor a medium is named: nothing could be done with it.
    var keys: MediaKeys? {
        var keys = MediaKeys(mediaType: mediaType)
        keys.seerrRequest = positive(request, "requestid")
        keys.tmdb = positive(media, "tmdbid", "mediatmdbid")
        if keys.mediaType != .movie { keys.tvdb = positive(media, "tvdbid", "mediatvdbid") }
        keys.imdb = word(media, "imdbid", "mediaimdbid")
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
        details[.requester] = word(request, "requestedbyusername")
        details[.seasons] = seasons
        return details
    }

    private var mediaType: MediaType? {
        if let word = word(media, "mediatype"), let type = MediaType(rawValue: word.lowercased()) {
            return type
        }
        // "Movie Request Approved", "4K Series Request Automatically Approved".
        let event = text("event")?.lowercased() ?? ""
        return event.contains("movie request") ? .movie : event.contains("series request") ? .tv : nil
    }

    /// `1,2` of the extra "Requested Seasons": "1, 2".
    private var seasons: String? {
        for extra in (document["extra"]?.elements ?? []).map({ TemplateSection($0) })
        where extra["name"]?.word?.lowercased() == "requested seasons" {
            let numbers = extra["value"]?.word?.split { $0 == "," || $0 == " " }.compactMap { Int($0) }
            return numbers.map { Set($0).sorted().map { String($0) }.joined(separator: ",") }
        }
        return nil
    }

    /// What a section, or the body itself, says under any of the keys.
    private func word(_ section: TemplateSection?, _ keys: String...) -> String? {
        for key in keys {
            if let word = section?[key]?.word ?? document[key]?.word { return word }
        }
        return nil
    }

    private func positive(_ section: TemplateSection?, _ keys: String...) -> Int64? {
        for key in keys {
            if let number = section?[key]?.positive ?? document[key]?.positive { return number }
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
