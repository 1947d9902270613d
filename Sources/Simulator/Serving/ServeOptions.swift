/// The command line of `marquee-simulator serve`.
public struct ServeOptions: Sendable, Hashable {
    /// What the library is made from.
    public var plan: LibraryPlan
    /// Which Jellyfin is played.
    public var jellyfin = JellyfinVersion.v10_11
    /// Address to listen on.
    public var bind = "127.0.0.1"
    /// Port to listen on; 0 takes any free one.
    public var port = 8_790
    /// A port per service, the control API's first, in place of a path per service.
    public var hasSeparatePorts = false
    /// With separate ports: each *arr is configured with its path as URL base and redirects to it (307).
    public var hasURLBase = false

    /// Reads the arguments after `serve`.
    ///
    /// - Throws: `OptionError` that names the flag and what it wants.
    public init(_ arguments: [String]) throws(OptionError) {
        plan = LibraryPlan(size: LibrarySize.tiers[0].size)
        var isPlain = false
        var rest = arguments[...]
        while let argument = rest.popFirst() {
            let pair = argument.split(separator: "=", maxSplits: 1).map(String.init)
            let flag = pair.first ?? argument
            switch flag {
            case "--plain" where pair.count == 1: isPlain = true
            case "--separate-ports" where pair.count == 1: hasSeparatePorts = true
            case "--url-base" where pair.count == 1: hasURLBase = true
            case "--plain", "--separate-ports", "--url-base": throw OptionError("\(flag) takes no value")
            default:
                guard Self.valued.contains(flag) else { throw OptionError("unknown option \(argument); see --help") }
                guard let value = pair.count > 1 ? pair[1] : rest.popFirst() else {
                    throw OptionError("\(flag) needs a value; see --help")
                }
                try set(flag, value)
            }
        }
        if isPlain {
            plan.isPlain = true
            plan.contradictions = 0
        }
        if hasURLBase && !hasSeparatePorts { throw OptionError("--url-base needs --separate-ports") }
    }

    private static let valued = [
        "--library", "--seed", "--port", "--bind", "--jellyfin-version", "--radarr-instances", "--contradictions",
    ]

    private mutating func set(_ flag: String, _ value: String) throws(OptionError) {
        switch flag {
        case "--library": plan.size = try LibrarySize(parsing: value)
        case "--seed":
            guard let seed = UInt64(value) else { throw OptionError("--seed must be a whole number, not \"\(value)\"") }
            plan.seed = seed
        case "--port":
            guard let port = Int(value), (0...65_535).contains(port) else {
                throw OptionError("--port must be from 0 (any) to 65535, not \"\(value)\"")
            }
            self.port = port
        case "--bind": bind = value
        case "--contradictions":
            guard let oneIn = Int(value), oneIn >= 0 else {
                throw OptionError("--contradictions must be 0 (none) or N for one title in N, not \"\(value)\"")
            }
            plan.contradictions = oneIn
        case "--jellyfin-version":
            guard let version = JellyfinVersion(rawValue: value) else {
                let known = JellyfinVersion.allCases.map(\.rawValue).joined(separator: ", ")
                throw OptionError("--jellyfin-version must be one of \(known), not \"\(value)\"")
            }
            jellyfin = version
        default: plan.radarrInstances = try Self.instances(value)
        }
    }

    private static func instances(_ value: String) throws(OptionError) -> [String] {
        let names = value.split(separator: ",").map(String.init)
        let isGood = names.allSatisfy {
            $0.utf8.allSatisfy {
                ("a"..."z").contains(Character(UnicodeScalar($0))) || ("0"..."9").contains(Character(UnicodeScalar($0)))
            }
        }
        guard let first = names.first, isGood, Set(names).count == names.count, first == "default" else {
            throw OptionError("--radarr-instances must be \"default\" and further names of a-z, 0-9, not \"\(value)\"")
        }
        return names
    }

    /// What `--help` prints.
    public static let help = """
        marquee-simulator: plays Jellyfin, Radarr and Sonarr over HTTP, from an invented library.

        usage: marquee-simulator serve [options]

          --library WHAT           small, medium, large, very-large, extreme, or films=N,series=N[,episodes=N] (small)
          --seed N                 same seed, same library and keys (1)
          --plain                  no odd cases at all: for benchmarks
          --contradictions N       one title in N contradicts itself between services; 0 for none (2000)
          --port P                 port to listen on, 0 for any free one (8790)
          --bind ADDRESS           address to listen on (127.0.0.1)
          --separate-ports         a port per service in place of a path per service
          --url-base               with --separate-ports: Radarr and Sonarr redirect (307) to their path
          --jellyfin-version V     10.8, 10.9, 10.10, 10.11 or 12 (10.11)
          --radarr-instances LIST  default, and more: default,4k (default)

        Prints Marquee's environment on standard output. Jellyfin's users: admin, user1, user2; the password is the name.
        The control API is under /simulator (loopback only): healthz, state, titles, calls, fault, reset.
        """
}
