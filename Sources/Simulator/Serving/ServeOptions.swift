import FoundationEssentials

/// The command line of `marquee-simulator serve`.
public struct ServeOptions: Sendable, Hashable {
    /// What the library is made from.
    public var plan: LibraryPlan
    /// Which Jellyfin is played.
    public var jellyfin = JellyfinVersion.v10_11
    /// Which qBittorrent and Shoko are played; without a number of torrents, as many as the tier has.
    public var stack = StackOptions()
    /// Address to listen on.
    public var bind = "127.0.0.1"
    /// Port to listen on; 0 takes any free one.
    public var port = 8_790
    /// A port per service, the control API's first, in place of a path per service.
    public var hasSeparatePorts = false
    /// With separate ports: each *arr is configured with its path as URL base and redirects to it (307).
    public var hasURLBase = false

    /// How fast the virtual clock goes; 0 stands still until stepped.
    public var speed = 1
    /// Where the clock starts, in 100 ns since 1970; nil for now, or for 2026-01-01 while it stands still.
    public var start: Int64?
    /// What happens, and when.
    public var scenario: Scenario?
    /// Somebody asks for something now and then.
    public var isLive = false
    /// Marquee's address, to which every service's webhooks go.
    public var webhooksTo: String?
    /// The secret they carry.
    public var webhookSecret: String?

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
            case "--live" where pair.count == 1: isLive = true
            case "--plain", "--separate-ports", "--url-base", "--live": throw OptionError("\(flag) takes no value")
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
        "--speed", "--start", "--scenario", "--webhooks-to", "--webhook-secret",
        "--qbittorrent-version", "--shoko-version", "--torrents",
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
        case "--torrents":
            guard let count = Int(value), (0...1_000_000).contains(count) else {
                throw OptionError("--torrents must be a whole number up to 1000000, not \"\(value)\"")
            }
            stack.torrents = count
        case "--jellyfin-version": jellyfin = try Self.version(flag, value)
        case "--qbittorrent-version": stack.qbittorrent = try Self.version(flag, value)
        case "--shoko-version": stack.shoko = try Self.version(flag, value)
        case "--speed":
            guard let speed = Int(value), VirtualClock.speeds.contains(speed) else {
                throw OptionError("--speed must be a whole number from 0 to 10000, not \"\(value)\"")
            }
            self.speed = speed
        case "--start":
            guard let start = Ticks.parse(value) else {
                throw OptionError("--start must be a moment such as 2026-01-01T00:00:00Z, not \"\(value)\"")
            }
            self.start = start
        case "--scenario": try load(value)
        case "--webhooks-to":
            guard value.hasPrefix("http://") || value.hasPrefix("https://") else {
                throw OptionError("--webhooks-to must be a URL, not \"\(value)\"")
            }
            webhooksTo = value
        case "--webhook-secret": webhookSecret = value
        default: plan.radarrInstances = try Self.instances(value)
        }
    }

    private static func version<Version: CaseIterable & RawRepresentable<String>>(
        _ flag: String, _ value: String
    ) throws(OptionError) -> Version {
        guard let version = Version(rawValue: value) else {
            let known = Version.allCases.map(\.rawValue).joined(separator: ", ")
            throw OptionError("\(flag) must be one of \(known), not \"\(value)\"")
        }
        return version
    }

    // What the file says of library, seed, versions and speed holds unless a later flag says otherwise.
    private mutating func load(_ path: String) throws(OptionError) {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw OptionError("--scenario: cannot read \(path)")
        }
        let scenario: Scenario
        do {
            scenario = try Scenario(parsing: Array(data))
        } catch {
            throw OptionError("--scenario \(path): \(error.description)")
        }
        self.scenario = scenario
        if let seed = scenario.seed { plan.seed = seed }
        if let speed = scenario.speed { self.speed = speed }
        if let version = scenario.jellyfin { jellyfin = try Self.version("--jellyfin-version", version) }
        if let version = scenario.qbittorrent {
            stack.qbittorrent = try Self.version("--qbittorrent-version", version)
        }
        if let version = scenario.shoko { stack.shoko = try Self.version("--shoko-version", version) }
        if let tier = scenario.library?["tier"]?.text { plan.size = try LibrarySize(parsing: tier) }
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
        marquee-simulator: plays Seerr, Radarr, Sonarr, qBittorrent, Shoko and Jellyfin over HTTP, from an invented library.

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
          --qbittorrent-version V  4.6, 5.1 or 5.2 (5.1)
          --torrents N             finished torrents from the start (as many as the tier has)
          --shoko-version V        5 or 6 (5)
          --radarr-instances LIST  default, and more: default,4k (default)
          --speed X                of the virtual clock: 0 stands still until stepped, up to 10000 (1)
          --start MOMENT           where the clock starts (now; 2026-01-01 while it stands still)
          --scenario FILE          what happens: see docs/simulator.md
          --live                   somebody asks for something every few minutes
          --webhooks-to URL        Marquee's address: every service sends its webhooks to URL/hooks/…
          --webhook-secret SECRET  what they carry as X-Marquee-Token, Seerr's as Authorization

        Prints Marquee's environment on standard output. Jellyfin's users: admin, user1, user2; the password is the name.
        The control API is under /simulator (loopback only): healthz, state, titles, flow, calls, webhooks, clock, step,
        scenario, fault, services, reset.
        """
}
