/// One film or episode that a Radarr or Sonarr lists as missing (upstreams.md §2.1, §3).
public struct MissingReading: Sendable, Hashable {
    /// The film's number in Radarr, the series' in Sonarr.
    public var arrTitle: Int64
    /// The episode's number in Sonarr.
    public var arrEpisode: Int64?
    public var unit: UnitNumber?
    /// Radarr lists films that are not released yet, too; nil for episodes, which all have aired.
    public var isAvailable: Bool?

    public init(arrTitle: Int64, arrEpisode: Int64? = nil, unit: UnitNumber? = nil, isAvailable: Bool? = nil) {
        self.arrTitle = arrTitle
        self.arrEpisode = arrEpisode
        self.unit = unit
        self.isAvailable = isAvailable
    }
}
