/// A span of time in at most two units.
enum DurationText {
    static func short(milliseconds: Int64, _ page: PageContext) -> String {
        let span = max(0, milliseconds)
        let seconds = span / 1000
        switch seconds {
        case 0: return page[.durationMilliseconds, ["count": String(span)]]
        case ..<10 where span % 1000 >= 100:
            return page[.durationSeconds, ["count": "\(seconds).\(span / 100 % 10)"]]
        case ..<60: return page[.durationSeconds, ["count": String(seconds)]]
        case ..<3600: return pair(page, .durationMinutes, seconds / 60, .durationSeconds, seconds % 60)
        case ..<86_400: return pair(page, .durationHours, seconds / 3600, .durationMinutes, seconds / 60 % 60)
        default: return pair(page, .durationDays, seconds / 86_400, .durationHours, seconds / 3600 % 24)
        }
    }

    /// One unit only, for what changes every second: "2 min".
    static func rough(milliseconds: Int64, _ page: PageContext) -> String {
        let seconds = max(1, milliseconds / 1000)
        let (key, count): (Strings.Key, Int64) =
            switch seconds {
            case ..<60: (.durationSeconds, seconds)
            case ..<3600: (.durationMinutes, seconds / 60)
            case ..<86_400: (.durationHours, seconds / 3600)
            default: (.durationDays, seconds / 86_400)
            }
        return page[key, ["count": NumberText.grouped(count)]]
    }

    private static func pair(
        _ page: PageContext, _ large: Strings.Key, _ many: Int64, _ small: Strings.Key, _ rest: Int64
    ) -> String {
        let first = page[large, ["count": NumberText.grouped(many)]]
        return rest == 0 ? first : first + " " + page[small, ["count": String(rest)]]
    }
}
