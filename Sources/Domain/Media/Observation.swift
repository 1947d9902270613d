/// "Service S says fact F about media M at time T" (tracking.md §1).
public struct Observation: Sendable, Hashable {
    public enum Fact: String, Sendable, Hashable {
        case requested, approved, declined
        case submitFailed = "submit_failed"
        case inArr = "in_arr"
        case hasFile = "has_file"
        case playable, stub, absent
    }

    public enum Channel: String, Sendable, Hashable {
        case webhook, poll, stream, sync, user
    }

    public var service: String
    public var instance: String
    public var channel: Channel
    public var fact: Fact
    /// What makes two tellings of this fact one: an item id, a request id, a file id.
    public var naturalKey: String
    /// The upstream's own time where it gives one, else receipt.
    public var observedAt: Timestamp
    public var receivedAt: Timestamp
    /// False where a level fact was read and did not hold.
    public var holds: Bool

    public init(
        service: String, instance: String, channel: Channel, fact: Fact, naturalKey: String, observedAt: Timestamp,
        receivedAt: Timestamp, holds: Bool = true
    ) {
        self.service = service
        self.instance = instance
        self.channel = channel
        self.fact = fact
        self.naturalKey = naturalKey
        self.observedAt = observedAt
        self.receivedAt = receivedAt
        self.holds = holds
    }
}
