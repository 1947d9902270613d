import JSONStream

/// A Jellyfin-like answer to the request of library-sync.md §1.
///
/// Seven films to three series, the members that this
/// request's `fields` and `enableUserData=false` leave, in Jellyfin's order. Text is non-ASCII as often as in
/// prototypes/limits/gen.py: 4 titles and 8 overviews of 100.
struct ListingGenerator {
    private(set) var findings = Findings()
    private var writer = JSONWriter()
    private var state: UInt64 = 20_240_611

    private let words = """
        the of and a to in is that for it as with his on be at by had from but not they she or an were which their been \
        has who when her all will more no if out so what up him into them then some could time can only like other than \
        first over new after also made did many before must through years where much your way down should because each
        """.split(separator: " ").map(String.init)
    private let names = [
        "Dark", "Moon", "River", "Silent", "City", "Lost", "Night", "Red", "Storm", "King", "Winter", "Fire", "Queen",
        "Road", "Dream", "Golden", "Empire", "Garden", "Glass",
    ]
    private let foreign = ["Amélie", "千と千尋の神隠し", "Das Boot — Director’s Cut", "Иди и смотри", "Señor", "올드보이"]

    /// Hands out the listing in blocks of some 100 KB.
    mutating func write(_ items: Int, _ emit: ([UInt8]) -> Void) {
        var block = Array(#"{"Items":["#.utf8)
        for index in 0..<items {
            if index > 0 { block.append(UInt8(ascii: ",")) }
            writer.removeAll()
            item(index)
            block += writer.bytes
            guard block.count > 100_000 else { continue }
            emit(block)
            block.removeAll(keepingCapacity: true)
        }
        emit(block + #"],"TotalRecordCount":\#(items),"StartIndex":0}"#.utf8)
        findings.total = Int64(items)
    }

    private mutating func item(_ index: Int) {
        findings.records += 1
        let isMovie = below(10) < 7
        let year = 1950 + below(75)
        let words =
            below(100) < 4 ? [foreign[below(foreign.count)]] : (0...below(4)).map { _ in names[below(names.count)] }
        let title = (words + ["\(index)"]).joined(separator: " ")
        let folder = isMovie ? "/media/movies/\(title) (\(year))" : "/media/tv/\(title) (\(year))"
        let path = isMovie ? "\(folder)/\(title) (\(year)) [WEBDL-1080p][x264].mkv" : folder
        let fields = Item(
            title: title, path: path, year: year, isMovie: isMovie, index: index, overview: overview(), id: hex(32),
            tag: hex(32), width: isMovie ? 1920 : nil)
        note(fields)
        write(fields)
    }

    private struct Item {
        var title, path: String
        var year: Int
        var isMovie: Bool
        var index: Int
        var overview, id, tag: String
        var width: Int?

        var created: String { "20\(18 + index % 8)-03-\(10 + index % 18)T11:17:43.0\(100_000 + index % 900_000)Z" }
        var type: String { isMovie ? "Movie" : "Series" }
        var tmdb: String { "\(1000 + index * 3)" }
        var imdb: String { "tt\(1_000_000 + index * 7)" }
        var tvdb: String { "\(50_000 + index * 2)" }
    }

    private mutating func note(_ item: Item) {
        var texts = [item.id, item.title, item.type, item.path, item.tmdb, item.imdb, item.overview, item.tag]
        texts += [item.created, "FileSystem"] + (item.isMovie ? [] : [item.tvdb])
        findings.textBytes += texts.reduce(0) { $0 + $1.utf8.count }
        findings.absent += 13 - texts.count
        findings.years += Int64(item.year)
        findings.sources += item.isMovie ? 1 : 0
    }

    private mutating func write(_ item: Item) {
        let (blur, backdrop, source) = (hex(40), hex(32), hex(32))
        writer.object { json in
            json.field("Name", item.title)
            json.field("ServerId", "0123456789abcdef0123456789abcdef")
            json.field("Id", item.id)
            json.field("DateCreated", item.created)
            json.field("PremiereDate", "\(item.year)-05-01T00:00:00.0000000Z")
            if item.isMovie { Self.mediaSources(item, source, in: &json) }
            json.field("Path", item.path)
            json.field("Overview", item.overview)
            json.field("RunTimeTicks", 71_234_560_000 + item.index)
            json.field("ProductionYear", item.year)
            json.object("ProviderIds") { ids in
                ids.field("Tmdb", item.tmdb)
                ids.field("Imdb", item.imdb)
                if !item.isMovie { ids.field("Tvdb", item.tvdb) }
            }
            json.field("IsFolder", !item.isMovie)
            json.field("Type", item.type)
            json.object("ImageTags") { tags in
                tags.field("Primary", item.tag)
                tags.field("Logo", item.id)
            }
            json.array("BackdropImageTags") { $0.value(backdrop) }
            json.object("ImageBlurHashes") { hashes in
                hashes.object("Backdrop") { $0.field("0", blur) }
                hashes.object("Primary") { $0.field("1", blur) }
            }
            json.field("LocationType", "FileSystem")
            json.field("MediaType", item.isMovie ? "Video" : "Unknown")
        }
    }

    private static func mediaSources(_ item: Item, _ source: String, in json: inout JSONWriter) {
        json.array("MediaSources") { sources in
            sources.object { first in
                first.field("Protocol", "File")
                first.field("Id", source)
                first.field("Path", item.path)
                first.field("Container", "mkv")
                first.field("Size", 4_294_967_296 + item.index)
                first.field("Name", item.title)
                first.array("MediaStreams") { streams in
                    streams.object { video in
                        video.field("Codec", "h264")
                        video.field("Type", "Video")
                        video.field("Index", 0)
                        video.field("Width", item.width)
                        video.field("Height", 1080)
                    }
                    for (index, language) in ["eng", "fre"].enumerated() {
                        streams.object { audio in
                            audio.field("Codec", "aac")
                            audio.field("Language", language)
                            audio.field("DisplayTitle", "\(language) - AAC - 5.1 - Default")
                            audio.field("Type", "Audio")
                            audio.field("Index", index + 1)
                        }
                    }
                }
            }
        }
    }

    private mutating func overview() -> String {
        var text = (0..<(45 + below(65))).map { _ in words[below(words.count)] }.joined(separator: " ")
        if below(100) < 30 { text += " \"\(names[below(names.count)])\"" }
        if below(100) < 8 { text += " " + foreign[below(foreign.count)] }
        if below(100) < 5 { text += "\r\n\r\n" }
        return text + "."
    }

    private mutating func below(_ limit: Int) -> Int {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Int(state >> 33) % limit
    }

    private mutating func hex(_ count: Int) -> String {
        var text = ""
        for _ in 0..<count / 8 {
            let digits = String(below(1 << 31), radix: 16)
            text += String(repeating: "0", count: 8 - digits.utf8.count) + digits
        }
        return text
    }
}
