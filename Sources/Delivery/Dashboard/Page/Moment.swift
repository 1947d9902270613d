import HTML

/// A point in time: UTC in the page, marked so; the module rewrites it for the viewer's zone and language.
struct Moment: Component {
    let milliseconds: Int64
    /// Whether the module shows how long ago it was, without "ago": "14 min".
    let isSpan: Bool

    init(_ milliseconds: Int64, isSpan: Bool = false) {
        self.milliseconds = milliseconds
        self.isSpan = isSpan
    }

    var body: Markup {
        time(.named("datetime", Self.rfc3339(milliseconds)), .flag("data-span", isSpan)) {
            Self.readable(milliseconds)
        }
    }

    /// As in `2026-11-20T09:41:03.120Z`.
    static func rfc3339(_ milliseconds: Int64) -> String {
        let parts = Calendar(milliseconds)
        return "\(pad(parts.year, 4))-\(pad(parts.month))-\(pad(parts.day))T\(pad(parts.hour)):\(pad(parts.minute)):"
            + "\(pad(parts.second)).\(pad(parts.millisecond, 3))Z"
    }

    /// As in `2026-11-20 09:41 UTC`.
    static func readable(_ milliseconds: Int64) -> String {
        let parts = Calendar(milliseconds)
        return "\(pad(parts.year, 4))-\(pad(parts.month))-\(pad(parts.day)) \(pad(parts.hour)):\(pad(parts.minute)) UTC"
    }

    private static func pad(_ number: Int64, _ width: Int = 2) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }

    /// The proleptic Gregorian date of a Unix time, from integers: `Date` loses milliseconds (traps.md §4).
    private struct Calendar {
        let year, month, day, hour, minute, second, millisecond: Int64

        init(_ milliseconds: Int64) {
            // Years 1 to 9999, so that the text always has four digits.
            let clamped = min(max(milliseconds, -62_135_596_800_000), 253_402_300_799_999)
            let (days, rest) = clamped.flooredDivision(by: 86_400_000)
            hour = rest / 3_600_000
            minute = rest / 60_000 % 60
            second = rest / 1000 % 60
            millisecond = rest % 1000
            // Days since 0000-03-01, so that the leap day ends each year.
            let (era, dayOfEra) = (days + 719_468).flooredDivision(by: 146_097)
            let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
            let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
            let shifted = (5 * dayOfYear + 2) / 153
            day = dayOfYear - (153 * shifted + 2) / 5 + 1
            month = shifted < 10 ? shifted + 3 : shifted - 9
            year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        }
    }
}

extension Int64 {
    fileprivate func flooredDivision(by divisor: Int64) -> (quotient: Int64, remainder: Int64) {
        let remainder = (self % divisor + divisor) % divisor
        return ((self - remainder) / divisor, remainder)
    }
}
