import JSONStream

/// One item as a fake Jellyfin lists it; synthetic, after the field tables of upstreams.md §6.
struct FakeItem: Sendable {
    var id: String
    var type = "Movie"
    var name: String
    var year: Int64? = 2_020
    var overview: String? = "An overview."
    var path: String?
    var created: String? = "2024-01-02T03:04:05.1234567Z"
    var location: String? = "FileSystem"
    var providers: [(String, String)] = []
    var sources = 1
    var poster: String? = "tag1"
    /// Text in place of the year's number.
    var brokenYear: String?

    /// A film with a TMDB number; its id is made from the number.
    static func movie(_ tmdb: Int, _ name: String? = nil, imdb: String? = nil, id: String? = nil) -> FakeItem {
        var item = FakeItem(id: id ?? itemID(tmdb), name: name ?? "Film \(tmdb)", path: "/media/films/\(tmdb)/film.mkv")
        if tmdb > 0 { item.providers.append(("Tmdb", String(tmdb))) }
        if let imdb { item.providers.append(("Imdb", imdb)) }
        return item
    }

    static func series(_ tvdb: Int, _ name: String? = nil, tmdb: Int? = nil, id: String? = nil) -> FakeItem {
        var item = FakeItem(
            id: id ?? itemID(tvdb, series: true), type: "Series", name: name ?? "Series \(tvdb)",
            path: "/media/tv/\(tvdb)")
        item.sources = 0
        if tvdb > 0 { item.providers.append(("Tvdb", String(tvdb))) }
        if let tmdb { item.providers.append(("Tmdb", String(tmdb))) }
        return item
    }

    func with(_ change: (inout FakeItem) -> Void) -> FakeItem {
        var copy = self
        change(&copy)
        return copy
    }

    /// 32 digits that name a title.
    static func itemID(_ number: Int, series: Bool = false) -> String {
        let digits = String(number, radix: 16)
        return (series ? "5e" : "f1") + String(repeating: "0", count: 30 - digits.count) + digits
    }

    func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.field("Name", name)
            writer.field("Id", id)
            writer.field("Type", type)
            if let brokenYear {
                writer.field("ProductionYear", brokenYear)
            } else if let year {
                writer.field("ProductionYear", year)
            }
            if let overview { writer.field("Overview", overview) }
            if let path { writer.field("Path", path) }
            if let created { writer.field("DateCreated", created) }
            if let location { writer.field("LocationType", location) }
            writer.key("ProviderIds")
            writer.object { writer in
                for (name, value) in providers {
                    writer.key(string: name)
                    writer.value(value)
                }
            }
            writer.key("ImageTags")
            writer.object { writer in
                if let poster { writer.field("Primary", poster) }
            }
            writer.key("MediaSources")
            writer.array { writer in
                for number in 0..<sources { writer.object { $0.field("Id", "source\(number)") } }
            }
        }
    }
}

/// One entry of a fake Radarr or Sonarr; synthetic, after upstreams.md §2 and §3.
struct FakeEntry: Sendable {
    var id: Int64
    var title: String
    var year: Int64? = 2_019
    var tmdb: Int64?
    var tvdb: Int64?
    var imdb: String?
    var overview: String? = "From the *arr."
    var path: String?
    var hasFile: Bool? = true
    var fileAdded: String? = "2023-05-06T07:08:09Z"
    var seriesType: String? = "standard"

    static func movie(_ id: Int64, tmdb: Int64, imdb: String? = nil, path: String? = nil) -> FakeEntry {
        FakeEntry(id: id, title: "Film \(tmdb)", tmdb: tmdb, imdb: imdb, path: path ?? "/media/films/\(tmdb)")
    }

    static func series(_ id: Int64, tvdb: Int64) -> FakeEntry {
        FakeEntry(id: id, title: "Series \(tvdb)", tvdb: tvdb, path: "/media/tv/\(tvdb)")
    }

    func with(_ change: (inout FakeEntry) -> Void) -> FakeEntry {
        var copy = self
        change(&copy)
        return copy
    }

    func write(isMovie: Bool, to writer: inout JSONWriter) {
        writer.object { writer in
            writer.field("id", id)
            writer.field("title", title)
            if let year { writer.field("year", year) }
            if let tmdb { writer.field("tmdbId", tmdb) }
            if let tvdb { writer.field("tvdbId", tvdb) }
            if let imdb { writer.field("imdbId", imdb) }
            if let overview { writer.field("overview", overview) }
            if let path { writer.field("path", path) }
            if isMovie {
                if let hasFile { writer.field("hasFile", hasFile) }
                if let fileAdded, hasFile == true {
                    writer.key("movieFile")
                    writer.object { $0.field("dateAdded", fileAdded) }
                }
            } else {
                if let seriesType { writer.field("seriesType", seriesType) }
                if let hasFile {
                    writer.key("statistics")
                    writer.object { $0.field("episodeFileCount", hasFile ? 3 as Int64 : 0) }
                }
            }
        }
    }
}
