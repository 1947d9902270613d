public import Media

/// What a list of requests is narrowed to, and how it is ordered.
public struct RequestQuery: Sendable, Hashable {
    public enum Sort: String, Sendable, CaseIterable {
        case updated, created, title, state
    }

    /// Whose requests are listed and counted; the caller's, never a parameter's.
    public var visibility = Visibility.all
    public var states: [Stage] = []
    public var mediaType: MediaType?
    public var origin: Origin?
    public var requestedBy: String?
    /// The service instance that a request belongs to.
    public var place: Place?
    public var isAnime: Bool?
    public var attention: AttentionFilter?
    /// Words to find in the title, in any case and with or without accents.
    public var search: String?
    public var sort: Sort = .updated
    public var limit = 50
    /// Where the previous page ended.
    public var after: Cursor?

    public init() {}

    /// Requests that need somebody: for any reason, or for one.
    public enum AttentionFilter: Sendable, Hashable {
        case any
        case code(Attention.Code)
    }

    /// One instance of a service, written `radarr/4k`; without an instance the default one.
    public struct Place: Sendable, Hashable {
        /// The services of which a request names its instance.
        public enum Service: String, Sendable, CaseIterable {
            case jellyfin, jellyseerr, radarr, sonarr
        }

        public var service: Service
        public var instance: String

        public init(_ service: Service, _ instance: String) {
            self.service = service
            self.instance = instance
        }

        public init?(text: String) {
            let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            guard let service = Service(rawValue: parts[0]) else { return nil }
            self.init(service, parts.count > 1 ? parts[1] : "default")
        }

        public var text: String { instance == "default" ? service.rawValue : "\(service.rawValue)/\(instance)" }
    }

    /// The last row of a page: its sort value and id, opaque to clients.
    public struct Cursor: Sendable, Hashable {
        public var key: String
        public var id: Int64

        public init(key: String, id: Int64) {
            self.key = key
            self.id = id
        }

        public init?(text: String) {
            let parts = text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
            guard parts.count == 2, let id = Int64(parts[0]), let key = Self.unhex(parts[1]) else { return nil }
            self.init(key: key, id: id)
        }

        public var text: String {
            "\(id)." + key.utf8.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
        }

        private static func unhex(_ text: Substring) -> String? {
            let digits = Array(text.utf8)
            guard digits.count.isMultiple(of: 2) else { return nil }
            var bytes: [UInt8] = []
            for index in stride(from: 0, to: digits.count, by: 2) {
                guard let high = ASCII.hexValue(digits[index]), let low = ASCII.hexValue(digits[index + 1]) else {
                    return nil
                }
                bytes.append(high << 4 | low)
            }
            return String(validating: bytes, as: UTF8.self)
        }
    }
}

/// One page of requests.
public struct RequestList: Sendable {
    public var requests: [RequestRecord]
    public var next: RequestQuery.Cursor?
    public var total: Int64
    /// Whether there are more than `total`: counting stopped there.
    public var totalIsMinimum: Bool
}
