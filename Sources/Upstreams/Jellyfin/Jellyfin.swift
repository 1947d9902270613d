public import HTTPClient

/// One Jellyfin server, spoken to with an API key.
///
/// The key travels only as `Authorization: MediaBrowser Token="…"`, the one form that works from 10.9 to 12
/// (upstreams.md §6.1). Calls never carry a user: an API key has none.
public struct Jellyfin: Sendable {
    public static let service = "jellyfin"

    public let instance: String
    let base: BaseURL
    let transport: any HTTPTransport
    private let key: String

    public init(instance: String = "default", base: BaseURL, key: String, transport: any HTTPTransport) {
        self.instance = instance
        self.base = base
        self.key = key
        self.transport = transport
    }

    func request(
        _ path: [String], _ query: [(String, String)] = [], method: String = "GET", timeout: Duration
    ) -> HTTPRequest {
        var request = HTTPRequest(
            method, base.appending(path, query: query),
            headers: [
                ("Authorization", "MediaBrowser Token=\"\(percentEncoded(key))\""), ("Accept", "application/json"),
            ],
            timeout: timeout)
        request.service = Self.service
        return request
    }

    /// The header's value is quoted and URL-decoded by the server.
    func percentEncoded(_ text: String) -> String {
        var encoded = ""
        for byte in text.utf8 {
            let character = Character(Unicode.Scalar(byte))
            if byte < 0x80 && (character.isLetter || character.isNumber || "-._~".contains(character)) {
                encoded.append(character)
            } else {
                encoded += "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
            }
        }
        return encoded
    }
}
