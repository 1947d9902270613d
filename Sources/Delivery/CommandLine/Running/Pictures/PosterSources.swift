import HTTPClient
import Settings

/// Where pictures may be fetched from: the configured services and the picture hosts they point to (security.md §9).
///
/// Addresses come from services and webhooks, so whatever is not plainly a picture of a known host is none.
struct PosterSources: Sendable {
    /// TMDB, TheTVDB, Spotify, AniDB.
    private static let hosts: Set<String> = [
        "image.tmdb.org", "artworks.thetvdb.com", "i.scdn.co", "cdn.anidb.net", "cdn-eu.anidb.net", "cdn-us.anidb.net",
    ]

    private let jellyfin: [String]
    private let others: [String]

    init(_ configuration: Configuration) {
        self.init(
            jellyfin: configuration.jellyfin.map(\.url),
            others: configuration.instances.filter { $0.service != .jellyfin }.map(\.url))
    }

    init(jellyfin: [BaseURL], others: [BaseURL]) {
        self.jellyfin = jellyfin.map(\.text)
        self.others = others.map(\.text)
    }

    /// What is called for the picture at an address; nil where none may be fetched from there.
    func call(for address: String) -> HTTPRequest? {
        for base in jellyfin {
            guard let path = Self.path(of: address, below: base) else { continue }
            return Self.isItemImage(path) ? request(Self.resized(address), "jellyfin") : nil
        }
        for base in others {
            guard let path = Self.path(of: address, below: base) else { continue }
            return Self.isPlain(path) && Self.endings.contains { path.hasSuffix($0) }
                ? request(address, "pictures") : nil
        }
        guard address.hasPrefix("https://"), let slash = address.dropFirst(8).firstIndex(of: "/") else { return nil }
        let host = address[..<slash].dropFirst(8)
        let path = address[slash...].dropFirst()
        return Self.hosts.contains(String(host)) && Self.isPlain(path) ? request(address, "pictures") : nil
    }

    private static let endings = [".jpg", ".jpeg", ".png", ".webp"]

    private func request(_ address: String, _ service: String) -> HTTPRequest {
        HTTPRequest(
            "GET", address, headers: [("Accept", "image/jpeg, image/png, image/webp")], timeout: .seconds(10),
            maxBody: UpstreamPosters.largest, service: service)
    }

    private static func path(of address: String, below base: String) -> Substring? {
        address.hasPrefix(base + "/") ? address.dropFirst(base.count + 1) : nil
    }

    /// `Items/{id}/Images/Primary`, with its tag: Jellyfin gives those without a key.
    private static func isItemImage(_ path: Substring) -> Bool {
        let sides = path.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        let parts = sides[0].split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 4, parts[0] == "Items", parts[2] == "Images", parts[3] == "Primary",
            parts[1].allSatisfy({ $0.isHexDigit || $0 == "-" }), !parts[1].isEmpty
        else { return false }
        return sides.count == 1 || sides[1].utf8.allSatisfy { isWordByte($0) || $0 == UInt8(ascii: "=") }
    }

    /// No larger than any page shows it; the size is ours to choose, never the caller's.
    private static func resized(_ address: String) -> String {
        address + (address.contains("?") ? "&" : "?") + "maxWidth=400&quality=90"
    }

    /// Letters, digits and few signs between slashes, and no way up.
    private static func isPlain(_ path: Substring) -> Bool {
        let parts = path.split(separator: "/", omittingEmptySubsequences: false)
        return parts.allSatisfy { part in
            !part.isEmpty && part != "." && part != ".." && part.utf8.allSatisfy(isWordByte)
        }
    }

    private static func isWordByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: "._-".utf8.contains(byte)
        }
    }
}
