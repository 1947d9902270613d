extension Title {
    /// When the item's file was made, in 100 ns since 1970: what Jellyfin calls DateCreated.
    func created(copy: Bool) -> Int64 {
        let fraction = Int64(number(copy ? .copyCreated : .created, in: 0..<10_000_000))
        if odd.contains(.ancientDate) { return fraction }
        let span = odd.contains(.futureDate) ? Self.future : Self.past
        let seconds = dice.number(number, copy ? .copyCreated : .created, in: 0..<(span.count * 8)) / 8
        return Int64(span.lowerBound + seconds) * Ticks.perSecond + fraction
    }

    /// When the *arr added the title, in 100 ns since 1970.
    var addedToArr: Int64 {
        Int64(number(.added, in: Self.past)) * Ticks.perSecond
    }

    /// First release: a day of its year, in 100 ns since 1970.
    var premiere: Int64 {
        Ticks.day(year: year, month: 1, day: 1) + Int64(number(.premiere, in: 0..<365)) * Ticks.perDay
    }

    /// Running time in 100 ns.
    var runtime: Int64 {
        let minutes = kind == .movie ? number(.runtime, in: 78..<190) : number(.runtime, in: 20..<62)
        return Int64(minutes) * 60 * Ticks.perSecond + Int64(number(.runtime, in: 0..<600_000_000))
    }

    // 2012-01-01 to 2025-07-01, and 2088 to 2098, in Unix seconds.
    private static let past = 1_325_376_000..<1_751_328_000
    private static let future = 3_723_753_600..<4_039_372_800
}

/// Jellyfin's unit of time: 100 ns, counted here from 1970.
enum Ticks {
    static let perSecond: Int64 = 10_000_000
    static let perDay: Int64 = 86_400 * perSecond

    /// Midnight of a day of the Gregorian calendar (Howard Hinnant's `days_from_civil`).
    static func day(year: Int, month: Int, day: Int) -> Int64 {
        let shifted = month <= 2 ? year - 1 : year
        let era = (shifted >= 0 ? shifted : shifted - 399) / 400
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return Int64(era * 146_097 + dayOfEra - 719_468) * perDay
    }

    /// Year, month, and day of a moment.
    static func civil(_ ticks: Int64) -> (year: Int, month: Int, day: Int) {
        let days = Int(ticks >= 0 ? ticks / perDay : (ticks - perDay + 1) / perDay) + 719_468
        let era = (days >= 0 ? days : days - 146_096) / 146_097
        let dayOfEra = days - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        let day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day)
    }

    /// Reads `yyyy-mm-ddThh:mm:ss` with an optional fraction; nil for anything else.
    static func parse(_ text: String) -> Int64? {
        let parts = text.prefix(19).split { "-T: ".contains($0) }.map { Int($0) }
        guard parts.count >= 3, let year = parts[0], let month = parts[1], let day = parts[2],
            (1...9_999).contains(year), (1...12).contains(month), (1...31).contains(day)
        else { return nil }
        let clock = parts.dropFirst(3).compactMap { $0 }.map { min($0, 60) }
        let seconds = zip(clock, [3_600, 60, 1]).reduce(0) { $0 + $1.0 * $1.1 }
        return Self.day(year: year, month: month, day: day) + Int64(seconds) * perSecond
    }
}
