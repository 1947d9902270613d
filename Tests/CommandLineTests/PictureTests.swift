import API
import Foundation
import HTTPClient
import TestSupport
import Testing

@testable import CommandLine

/// Pictures: where from, which, and how they are kept (security.md §9).
@Suite struct PictureTests {
    private static let jellyfin = "http://jellyfin:8096/base"
    private static let item = jellyfin + "/Items/0123456789abcdef0123456789abcdef/Images/Primary"

    private var sources: PosterSources {
        get throws {
            PosterSources(
                jellyfin: [try BaseURL(Self.jellyfin)],
                others: [try BaseURL("http://radarr:7878"), try BaseURL("http://10.0.0.2/sonarr")])
        }
    }

    @Test(
        "pictures come from configured services and the known hosts",
        arguments: [
            item, item + "?tag=ab12", "https://image.tmdb.org/t/p/w600_and_h900_bestv2/abc.jpg",
            "https://artworks.thetvdb.com/banners/posters/1-1.jpg", "https://i.scdn.co/image/ab67616d0000b273",
            "https://cdn.anidb.net/images/main/1.jpg", "http://radarr:7878/MediaCover/1/poster.jpg",
            "http://10.0.0.2/sonarr/MediaCover/1/poster-250.png",
        ])
    func allowed(address: String) throws {
        #expect(try sources.call(for: address) != nil)
    }

    @Test(
        "and from nowhere else, however it is written",
        arguments: [
            "http://169.254.169.254/latest/meta-data/x.jpg", "http://image.tmdb.org/t/p/a.jpg",
            "https://image.tmdb.org.evil.example/a.jpg", "https://image.tmdb.org@evil.example/a.jpg",
            "https://evil.example/image.tmdb.org/a.jpg", "https://image.tmdb.org:8443/a.jpg",
            "https://image.tmdb.org/../a.jpg", "https://image.tmdb.org/a/%2e%2e/b.jpg", "https://image.tmdb.org/a?b=c",
            "https://image.tmdb.org/a#b", "https://image.tmdb.org\\@evil.example/a.jpg", "https://image.tmdb.org",
            "file:///etc/passwd", "gopher://image.tmdb.org/a.jpg", "//image.tmdb.org/a.jpg", "",
            jellyfin + "/Items/../System/Logs", jellyfin + "/Items/0123/Images/Primary/../../../../x",
            jellyfin + "/Items/0123/Images/Primary?tag=a&url=http", jellyfin + "/Users",
            jellyfin + "x/Items/1/Images/Primary",
            item + "#x", item + "?tag=a%26b", "http://jellyfin:8096/Items/0123/Images/Primary",
            "http://radarr:7878/api/v3/config/host", "http://radarr:7878/a.jpg?apikey=1", "http://radarr:7878/../a.jpg",
            "http://radarr:78780/MediaCover/1/poster.jpg", "http://radarr:7878@evil.example/a.jpg",
        ])
    func denied(address: String) throws {
        #expect(try sources.call(for: address) == nil)
    }

    @Test("a header tells format and size", arguments: Sample.good)
    func headers(sample: Sample) throws {
        let header = try #require(PictureHeader(sample.bytes))
        #expect(header.format == sample.format && header.width == 640 && header.height == 960)
        #expect(UpstreamPosters.poster(sample.bytes)?.contentType == sample.format?.contentType)
    }

    @Test("whatever is no JPEG, PNG or WebP with a size is no picture", arguments: Sample.bad)
    func noHeader(sample: Sample) {
        #expect(PictureHeader(sample.bytes) == nil)
        #expect(UpstreamPosters.poster(sample.bytes) == nil)
    }

    @Test("25 megapixels are a picture, one line more is not, and neither is more than 5 MiB")
    func limits() {
        #expect(UpstreamPosters.poster(Sample.png(5_000, 5_000)) != nil)
        #expect(UpstreamPosters.poster(Sample.png(5_000, 5_001)) == nil)
        #expect(UpstreamPosters.poster(Sample.png(0x7FFF_FFFF, 0x7FFF_FFFF)) == nil)
        let padding = [UInt8](repeating: 0, count: (5 << 20) - Sample.png(1, 1).count)
        #expect(UpstreamPosters.poster(Sample.png(1, 1) + padding) != nil)
        #expect(UpstreamPosters.poster(Sample.png(1, 1) + padding + [0]) == nil)
    }

    @Test("headers cut or changed anywhere are read without harm", arguments: 0..<40)
    func fuzz(seed: Int) {
        var random = SeededRandom(seed: UInt64(seed))
        for _ in 0..<300 {
            var bytes = random.pick(Sample.good).bytes
            for _ in 0..<random.below(6) { bytes[random.below(bytes.count)] = UInt8(random.below(256)) }
            bytes = Array(bytes.prefix(random.below(bytes.count + 1)))
            if let header = PictureHeader(bytes) { #expect(header.width > 0 && header.height > 0) }
        }
    }

    @Test("a picture is fetched once, also after a restart; what is none is not kept")
    func kept() async throws {
        try await TestDatabase.withFolder { folder in
            let png = Sample.png(640, 960)
            let transport = StubTransport { request in
                request.url.contains("good")
                    ? .response(Self.answer(png)) : .response(Self.answer(Array("<svg/>".utf8)))
            }
            func posters() throws -> UpstreamPosters {
                UpstreamPosters(try sources, transport, PictureCache(folder: folder + "/images"))
            }
            let good = "https://image.tmdb.org/good.jpg", bad = "https://image.tmdb.org/bad.jpg"
            let first = try posters()
            #expect(try await first.image(at: good)?.bytes == png)
            #expect(try await first.image(at: good)?.contentType == "image/png")
            #expect(try await posters().image(at: good)?.bytes == png)
            #expect(transport.requests.count == 1)
            #expect(try await first.image(at: bad) == nil)
            #expect(try await first.image(at: bad) == nil)
            #expect(transport.requests.count == 3)
            #expect(try await first.image(at: "http://169.254.169.254/good.jpg") == nil)
            #expect(transport.requests.count == 3)
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder + "/images").count == 1)
        }
    }

    @Test("a failing service or disk is no error, only no picture, or one that is not kept")
    func failures() async throws {
        let silent = StubTransport { _ in .failure(.unreachable) }
        let nowhere = PictureCache(folder: "/proc/none/images")
        #expect(try await UpstreamPosters(sources, silent, nowhere).image(at: "https://image.tmdb.org/a.jpg") == nil)
        let lively = StubTransport { _ in .response(Self.answer(Sample.png(1, 1))) }
        #expect(try await UpstreamPosters(sources, lively, nowhere).image(at: "https://image.tmdb.org/a.jpg") != nil)
    }

    @Test("the cache stays within its limit, lets go of what was shown longest ago, and sweeps what a crash left")
    func eviction() async throws {
        try await TestDatabase.withFolder { folder in
            try Data([1]).write(to: URL(filePath: folder + "/half.part"))
            func size() throws -> Int {
                try FileManager.default.contentsOfDirectory(atPath: folder).reduce(0) {
                    $0 + (try Data(contentsOf: URL(filePath: folder + "/" + $1)).count)
                }
            }
            let cache = PictureCache(folder: folder, limit: 10_000)
            let picture = [UInt8](repeating: 7, count: 1_000)
            for number in 0..<9 { await cache.keep(picture, of: "\(number)") }
            #expect(await cache.picture(of: "0") == picture)
            for number in 9..<20 {
                await cache.keep(picture, of: "\(number)")
                #expect(await cache.picture(of: "0") == picture)
                #expect(try size() <= 10_000)
            }
            #expect(await cache.picture(of: "1") == nil)
            #expect(await cache.picture(of: "19") == picture)
            await cache.keep([UInt8](repeating: 1, count: 10_001), of: "huge")
            #expect(await cache.picture(of: "huge") == nil)
            let again = PictureCache(folder: folder, limit: 3_000)
            #expect(await again.picture(of: "none") == nil)
            #expect(try size() <= 3_000)
            #expect(!FileManager.default.fileExists(atPath: folder + "/half.part"))
        }
    }

    private static func answer(_ bytes: [UInt8]) -> HTTPResponse {
        HTTPResponse(status: 200, headers: HTTPHeaders([]), body: bytes)
    }
}

/// Bytes that are a picture, or pretend to be one.
struct Sample: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let format: PictureHeader.Format?
    let bytes: [UInt8]

    private init(_ name: String, _ format: PictureHeader.Format?, _ bytes: [UInt8]) {
        testDescription = name
        self.format = format
        self.bytes = bytes
    }

    static func png(_ width: UInt32, _ height: UInt32) -> [UInt8] {
        [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13] + Array("IHDR".utf8) + big(width) + big(height)
            + [8, 2, 0, 0, 0]
    }

    private static func big(_ number: UInt32) -> [UInt8] { [24, 16, 8, 0].map { UInt8(number >> $0 & 255) } }

    private static func webP(_ kind: String, _ body: [UInt8]) -> [UInt8] {
        Array("RIFF".utf8) + [0, 0, 0, 0] + Array("WEBP".utf8) + Array(kind.utf8) + [0, 0, 0, 0] + body
            + [UInt8](repeating: 0, count: 20)
    }

    private static let frame: [UInt8] = [0xFF, 0xC2, 0, 17, 8, 0x03, 0xC0, 0x02, 0x80, 3]

    static let good = [
        Sample("PNG", .png, png(640, 960)),
        Sample("JPEG", .jpeg, [0xFF, 0xD8, 0xFF, 0xE0, 0, 4, 1, 2] + frame),
        Sample("JPEG with fill bytes", .jpeg, [0xFF, 0xD8, 0xFF, 0xFF, 0xE1, 0, 2, 0xFF, 0xD0] + frame),
        Sample("WebP, lossy", .webp, webP("VP8 ", [0, 0, 0, 0x9D, 0x01, 0x2A, 0x80, 0x02, 0xC0, 0x03])),
        Sample("WebP, lossless", .webp, webP("VP8L", [0x2F, 0x7F, 0xC2, 0xEF, 0x00])),
        Sample("WebP, extended", .webp, webP("VP8X", [0, 0, 0, 0, 0x7F, 0x02, 0, 0xBF, 0x03, 0])),
    ]

    static let bad = [
        Sample("nothing", nil, []), Sample("SVG", nil, Array("<svg xmlns=\"http://www.w3.org/2000/svg\"/>".utf8)),
        Sample("HTML", nil, Array("<!doctype html><title>Login</title>".utf8)),
        Sample("GIF", nil, Array("GIF89a".utf8) + [1, 0, 1, 0]),
        Sample("a PNG's first bytes", nil, Array(png(1, 1).prefix(20))),
        Sample("a PNG without size", nil, png(0, 5)),
        Sample("a JPEG without frame", nil, [0xFF, 0xD8, 0xFF, 0xDA, 0, 2]),
        Sample("a JPEG with a segment of no length", nil, [0xFF, 0xD8, 0xFF, 0xE0, 0, 0, 0, 0, 0, 0]),
        Sample("a WebP of another kind", nil, webP("ANIM", [0])),
        Sample("RIFF of sounds", nil, Array("RIFF0000WAVE".utf8)),
    ]
}
