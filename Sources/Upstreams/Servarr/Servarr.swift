public import HTTPClient
public import Media

/// One Radarr or Sonarr: two programs with one API (upstreams.md §2, §3).
public struct Servarr: Sendable {
    public enum Kind: String, Sendable, Hashable {
        case radarr, sonarr

        /// Radarr holds films, Sonarr series, and neither anything else.
        public var mediaType: MediaType { self == .radarr ? .movie : .tv }
    }

    public let kind: Kind
    public let instance: String
    let base: BaseURL
    let transport: any HTTPTransport
    private let key: String

    public init(
        _ kind: Kind, instance: String = "default", base: BaseURL, key: String, transport: any HTTPTransport
    ) {
        self.kind = kind
        self.instance = instance
        self.base = base
        self.key = key
        self.transport = transport
    }

    func request(
        _ path: String..., query: [(String, String)] = [], method: String = "GET", timeout: Duration
    ) -> HTTPRequest {
        var request = HTTPRequest(
            method, base.appending(["api", "v3"] + path, query: query),
            headers: [("X-Api-Key", key), ("Accept", "application/json")], timeout: timeout)
        request.service = kind.rawValue
        return request
    }
}
