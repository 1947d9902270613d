/// "Service S says fact F about media M at time T" (tracking.md §1).
///
/// Event facts are appended; a level fact is a current value that a newer reading replaces.
public struct Observation: Sendable, Hashable {
    public enum Channel: String, Sendable, Hashable {
        case webhook, poll, stream, sync, user
    }

    public var service: String
    public var instance: String
    public var channel: Channel
    public var fact: Fact
    /// What makes two tellings of this fact one: an item id, a request id, a download with its generation.
    public var naturalKey: String
    /// The upstream's own time where it gives one, else receipt; never after receipt.
    public var observedAt: Timestamp
    public var receivedAt: Timestamp
    /// False where a level fact was read and did not hold.
    public var holds: Bool
    /// By what the request is found; not stored with the fact.
    public var keys: MediaKeys
    /// The episodes concerned; empty for a film, or for the whole request.
    public var units: [UnitNumber]
    /// What the timeline and the page show of it.
    public var details: Details
    /// What a webhook tells of its episodes besides; not stored with the fact.
    public var episodes: [EpisodeReading]
    /// What the title is called besides, the original first where it is known; not stored with the fact.
    public var otherTitles: [String] = []

    public init(
        service: String, instance: String, channel: Channel, fact: Fact, naturalKey: String, observedAt: Timestamp,
        receivedAt: Timestamp, holds: Bool = true, keys: MediaKeys = MediaKeys(), units: [UnitNumber] = [],
        details: Details = Details(), episodes: [EpisodeReading] = []
    ) {
        self.service = service
        self.instance = instance
        self.channel = channel
        self.fact = fact
        self.naturalKey = naturalKey
        self.observedAt = observedAt
        self.receivedAt = receivedAt
        self.holds = holds
        self.keys = keys
        self.units = units
        self.details = details
        self.episodes = episodes
    }
}
