/// The services Marquee reads from.
public enum UpstreamService: String, Sendable, Hashable, CaseIterable {
    case jellyfin
    case sonarr
    case radarr

    /// The start of its environment variables: `JELLYFIN`.
    public var environmentName: String { rawValue.uppercased() }
}
