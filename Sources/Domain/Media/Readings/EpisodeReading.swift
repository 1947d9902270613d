/// One episode as Sonarr lists it, or as a webhook names it: what is nil was not said.
public struct EpisodeReading: Sendable, Hashable {
    public var number: UnitNumber
    public var title: String?
    /// Sonarr's own number for the episode.
    public var sonarrID: Int64?
    public var tvdb: Int64?
    public var airDate: Timestamp?
    public var monitored: Bool?
    public var hasFile: Bool?
    public var path: String?

    public init(_ number: UnitNumber) { self.number = number }
}
