public import Settings

/// What one caller may cost the others (security.md §5, §7).
public struct CallerLimits: Sendable {
    /// How often one identity may call the API; nil without a limit.
    public var rate: CallRate?
    /// Origins whose pages may read the API.
    public var corsOrigins: Set<String>
    /// Open event streams in all.
    public var streams = 1_000
    /// Open event streams of one identity.
    public var streamsPerIdentity = 250
    /// Refused calls (401) of one address within a second before it is told to wait.
    public var refusals = CallRate(count: 50, span: .seconds(1))

    /// - Parameters:
    ///   - rate: how often one identity may call the API; nil without a limit.
    ///   - corsOrigins: origins whose pages may read the API; none by default.
    public init(rate: CallRate? = nil, corsOrigins: Set<String> = []) {
        self.rate = rate
        self.corsOrigins = corsOrigins
    }
}
