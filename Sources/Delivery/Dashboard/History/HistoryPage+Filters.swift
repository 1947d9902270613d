extension HistoryPage {
    /// The span of time a page is about.
    public enum Period: Sendable, Hashable {
        /// So many days up to now.
        case days(Int64)
        /// From one day to another, both included, as `2026-11-20`; open where there is none.
        case dates(from: String?, to: String?)

        /// The spans that are offered, in days.
        public static let offered: [Int64] = [7, 30, 90, 365]
        /// Where nothing else is asked for.
        public static let usual = Period.days(90)
    }

    /// The filters of the address.
    public struct Filters: Sendable {
        public var kind: MediaLabel.Kind?
        /// Any of these; empty: every stage in which a request ends.
        public var stages: [StageBadge.Stage] = []
        public var requestedBy: String?
        public var period = Period.usual
        public var search: String?
        /// Where this page begins; nil on the first one.
        public var after: String?

        public init() {}

        var isEmpty: Bool {
            kind == nil && stages.isEmpty && (requestedBy ?? "").isEmpty && (search ?? "").isEmpty
                && period == Period.usual
        }

        func url(_ page: PageContext, after: String? = nil) -> String {
            page.url(
                "/history",
                [("q", search), ("media_type", kind?.rawValue)] + stages.map { ("state", $0.rawValue) } + [
                    ("requested_by", requestedBy), ("period", days), ("from", from), ("to", to), ("after", after),
                ])
        }

        /// Unusual days, for the address.
        var days: String? {
            guard case .days(let days) = period, period != .usual else { return nil }
            return String(days)
        }

        var from: String? {
            guard case .dates(let from, _) = period else { return nil }
            return from
        }

        var to: String? {
            guard case .dates(_, let to) = period else { return nil }
            return to
        }
    }
}

extension StageBadge.Stage {
    /// The stages in which a request ends.
    static let finished: [StageBadge.Stage] = [.available, .declined, .failed, .deleted]
}
