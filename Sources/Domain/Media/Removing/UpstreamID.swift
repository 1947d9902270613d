/// A service's own number for one kind of thing; always above zero, because 0 and -1 stand for "none" or "all" there.
///
/// Calls that delete take these only: a film's number cannot be passed for a file's, and no call starts with a
/// number that was never given (deletion.md §10).
public struct UpstreamID<Thing>: Sendable, Hashable, Comparable, CustomStringConvertible {
    public let value: Int64

    /// - Returns: nil for zero and below.
    public init?(_ value: Int64) {
        guard value > 0 else { return nil }
        self.value = value
    }

    public var description: String { String(value) }

    public static func < (a: Self, b: Self) -> Bool { a.value < b.value }
}

/// What upstream numbers are of; never made.
public enum UpstreamThing {
    public enum ArrTitle {}
    public enum ArrFile {}
    public enum ArrExclusion {}
    public enum SeerrRequest {}
    public enum SeerrMedia {}
    public enum ShokoFile {}
    public enum ShokoSeries {}
}

/// A film in a Radarr, a series in a Sonarr.
public typealias ArrTitleID = UpstreamID<UpstreamThing.ArrTitle>
/// A film's file in a Radarr, an episode file in a Sonarr.
public typealias ArrFileID = UpstreamID<UpstreamThing.ArrFile>
public typealias ArrExclusionID = UpstreamID<UpstreamThing.ArrExclusion>
public typealias SeerrRequestID = UpstreamID<UpstreamThing.SeerrRequest>
public typealias SeerrMediaID = UpstreamID<UpstreamThing.SeerrMedia>
public typealias ShokoFileID = UpstreamID<UpstreamThing.ShokoFile>
public typealias ShokoSeriesID = UpstreamID<UpstreamThing.ShokoSeries>
