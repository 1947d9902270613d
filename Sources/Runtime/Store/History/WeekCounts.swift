public import Database
public import Media

/// A stretch of time in which a zone keeps one distance from UTC.
public struct ZoneStretch: Sendable, Hashable {
    public var period: Period
    /// Milliseconds that local time is ahead of UTC.
    public var offset: Int64

    public init(_ period: Period, offset: Int64) {
        self.period = period
        self.offset = offset
    }
}

/// A week from Monday to Sunday of a zone, as a number: the week with 1970-01-01 in it is 0.
public struct WeekNumber: Sendable, Hashable, Comparable {
    public var number: Int64

    public init(_ number: Int64) { self.number = number }

    /// The week in which a moment lies where local time is `offset` milliseconds ahead of UTC.
    public init(of moment: Timestamp, offset: Int64) {
        let local = moment.milliseconds + offset + Self.sinceMonday
        number = local >= 0 ? local / Self.length : -((Self.length - 1 - local) / Self.length)
    }

    /// Its first moment, as if local time were UTC.
    public var monday: Timestamp { Timestamp(milliseconds: number * Self.length - Self.sinceMonday) }

    public static func < (a: Self, b: Self) -> Bool { a.number < b.number }

    private static let length: Int64 = 7 * 86_400_000
    /// 1970-01-01 was a Thursday.
    private static let sinceMonday: Int64 = 3 * 86_400_000
}

extension Reader {
    /// How many requests were made in each week of a zone; weeks without any are left out.
    ///
    /// One statement for each stretch: a zone has a few of them in a year.
    public func weeklyRequests(
        in stretches: [ZoneStretch], visibleTo visibility: Visibility
    ) throws -> [WeekNumber: Int64] {
        var counts: [WeekNumber: Int64] = [:]
        for stretch in stretches {
            var filter = RequestFilter.asked(in: stretch.period, visibleTo: visibility)
            let shift = filter.placeholder(.integer(stretch.offset + 3 * 86_400_000))
            try query(
                "WITH asked AS (SELECT created_at FROM requests" + filter.text + ") SELECT (created_at + " + shift
                    + ") / 604800000 AS week, count(*) FROM asked GROUP BY 1", filter.values
            ) { row in
                counts[WeekNumber(row.integer(0)), default: 0] += row.integer(1)
            }
        }
        return counts
    }
}
