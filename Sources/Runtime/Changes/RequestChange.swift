/// What happened to a request, as the news of it says.
public enum RequestChange: String, Sendable, CaseIterable {
    case created
    case updated
    /// Its owner became known: to that user it is new.
    case owned

    /// For `Change.data`.
    public var data: String { "{\"change\":\"\(rawValue)\"}" }

    /// Reads `Change.data`; whatever says nothing else was an update.
    public init(data: String) { self = Self.allCases.first { $0.data == data } ?? .updated }
}
