import API
import HTTPClient
import Settings

/// Fetches pictures from the configured Jellyfin servers only, with the limits of security.md §9.
struct UpstreamPosters: PosterSource {
    private let bases: [BaseURL]
    private let transport: any HTTPTransport

    static let largest = 5 << 20

    init(_ configuration: Configuration, _ transport: any HTTPTransport) {
        bases = configuration.jellyfin.map(\.url)
        self.transport = transport
    }

    func mayShow(_ url: String) -> Bool { bases.contains { url.hasPrefix($0.text + "/Items/") } }

    func image(at url: String) async throws -> Poster? {
        guard mayShow(url) else { return nil }
        var request = HTTPRequest("GET", url + "&maxWidth=400&quality=90", timeout: .seconds(10), maxBody: Self.largest)
        request.service = "jellyfin"
        guard let answer = try? await transport.send(request), answer.status == 200,
            let type = Self.contentType(of: answer.body)
        else { return nil }
        return Poster(contentType: type, bytes: answer.body)
    }

    /// The type by its first bytes; whatever else a server sends is not a picture.
    static func contentType(of bytes: [UInt8]) -> String? {
        if bytes.starts(with: [0xff, 0xd8, 0xff]) { return "image/jpeg" }
        if bytes.starts(with: [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]) { return "image/png" }
        let isWebP = bytes.starts(with: "RIFF".utf8) && bytes.dropFirst(8).starts(with: "WEBP".utf8)
        return isWebP ? "image/webp" : nil
    }
}
