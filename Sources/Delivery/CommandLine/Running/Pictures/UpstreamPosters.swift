import API
import HTTPClient

/// Fetches pictures from allowed places only, with the limits of security.md §9, and keeps them on disk.
struct UpstreamPosters: PosterSource {
    private let sources: PosterSources
    private let transport: any HTTPTransport
    private let cache: PictureCache

    /// Bytes of one picture.
    static let largest = 5 << 20
    static let mostPixels = 25_000_000

    init(_ sources: PosterSources, _ transport: any HTTPTransport, _ cache: PictureCache) {
        self.sources = sources
        self.transport = transport
        self.cache = cache
    }

    func mayShow(_ url: String) -> Bool { sources.call(for: url) != nil }

    func image(at url: String) async throws -> Poster? {
        guard let request = sources.call(for: url) else { return nil }
        if let bytes = await cache.picture(of: request.url) { return Self.poster(bytes) }
        guard let answer = try? await transport.send(request), answer.status == 200,
            let poster = Self.poster(answer.body)
        else { return nil }
        await cache.keep(poster.bytes, of: request.url)
        return poster
    }

    /// A picture by its header; whatever else a server sends is none.
    static func poster(_ bytes: [UInt8]) -> Poster? {
        guard bytes.count <= largest, let header = PictureHeader(bytes), header.pixels <= mostPixels else { return nil }
        return Poster(contentType: header.format.contentType, bytes: bytes)
    }
}
