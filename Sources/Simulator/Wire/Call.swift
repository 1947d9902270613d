/// One request to a simulated service, without anything of the HTTP server in it.
public struct Call: Sendable {
    /// The HTTP method, upper case.
    public var method: String
    /// Decoded path segments below the service's own path.
    public var segments: [String]
    /// Decoded query parameters in order; names repeat.
    public var query: [(name: String, value: String)]
    /// Header fields, names in lower case.
    public var headers: [(name: String, value: String)]
    /// The whole body.
    public var body: [UInt8]
    /// The path the service was reached under (`/radarr/4k`), empty at the root.
    public var basePath: String
    /// The caller's address.
    public var remoteAddress: String
    /// What the faults in force do to a listing.
    var twists: [ListingTwist] = []

    /// Makes a call.
    public init(
        _ method: String, _ segments: [String], query: [(name: String, value: String)] = [],
        headers: [(name: String, value: String)] = [], body: [UInt8] = [], basePath: String = "",
        remoteAddress: String = "127.0.0.1"
    ) {
        self.method = method
        self.segments = segments
        self.query = query
        self.headers = headers
        self.body = body
        self.basePath = basePath
        self.remoteAddress = remoteAddress
    }

    /// The path below the service's own, as faults match it.
    public var path: String { "/" + segments.joined(separator: "/") }

    /// The first value of a parameter; names compare without case, as in ASP.NET.
    func parameter(_ name: String) -> String? {
        query.first { $0.name.lowercased() == name.lowercased() }?.value
    }

    /// Every value of a parameter, comma lists taken apart.
    func list(_ name: String) -> [String] {
        query.filter { $0.name.lowercased() == name.lowercased() }
            .flatMap { $0.value.split(separator: ",").map(String.init) }
    }

    /// A parameter that says `true` or `false`, in any case; nil otherwise.
    func flag(_ name: String) -> Bool? {
        switch parameter(name)?.lowercased() {
        case "true", "1": true
        case "false", "0": false
        default: nil
        }
    }

    /// The value of a header field.
    func header(_ name: String) -> String? { headers.first { $0.name == name }?.value }
}
