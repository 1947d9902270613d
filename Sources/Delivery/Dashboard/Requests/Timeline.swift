public import HTML

/// What happened to a request, newest first, with the present on top.
public struct Timeline: Component, Sendable {
    /// One entry.
    public struct Entry: Sendable {
        public var id: Int64
        /// Unix milliseconds.
        public var at: Int64
        public var service: String
        /// The name of its sentence, see `TimelineWords`; an unknown one shows `text` as it is.
        public var event: String
        public var values: [String: String] = [:]
        public var text: String
        /// The stage the request entered with it.
        public var stage: StageBadge.Stage?
        /// How long that stage lasted; nil while it lasts, and for entries without one.
        public var duration: Int64?
        /// Whether the fact arrived after a later one.
        public var isLate = false
        /// How often the same was seen.
        public var count: Int64 = 1

        public init(
            id: Int64, at: Int64, service: String, event: String = "", text: String, stage: StageBadge.Stage? = nil
        ) {
            self.id = id
            self.at = at
            self.service = service
            self.event = event
            self.text = text
            self.stage = stage
        }
    }

    /// The most entries a page should show at first; the rest is behind a link.
    public static let limit = 30

    /// The id of the list, into which the module puts new entries.
    static let listID = "timeline-list"

    let entries: [Entry]
    let row: RequestsPage.Row
    let total: Int64?
    let page: PageContext

    /// The story of `row`; `total` is the number of all entries if more exist than are given.
    public init(_ entries: [Entry], of row: RequestsPage.Row, total: Int64? = nil, _ page: PageContext) {
        self.entries = Self.collapsed(entries.sorted { ($0.at, $0.id) > ($1.at, $1.id) })
        self.row = row
        self.total = total
        self.page = page
    }

    public var body: Markup {
        section(.class("card"), .id("timeline"), .aria("labelledby", "timeline-title")) {
            h2(.id("timeline-title")) { page[.timelineTitle] }
            ol(.class("timeline"), .id(Self.listID)) {
                TimelineNow(row, page)
                for entry in entries { TimelineRow(entry, page) }
            }
            if let total {
                p {
                    a(.href(page.url("/request/\(row.id)", [("timeline", "all")]))) {
                        page[.timelineAll, ["count": NumberText.grouped(total)]]
                    }
                }
            }
        }
    }

    /// Joins repeats that follow each other into the newest of them, counted.
    static func collapsed(_ entries: [Entry]) -> [Entry] {
        var result: [Entry] = []
        for entry in entries {
            if let last = result.last, last.event == entry.event, last.service == entry.service,
                last.values == entry.values, last.text == entry.text, last.stage == nil || entry.stage == nil
            {
                result[result.count - 1].count += entry.count
                continue
            }
            result.append(entry)
        }
        return result
    }
}

/// The stage the request is in, on top of its story, with live progress.
public struct TimelineNow: Component, Sendable {
    /// The element's id, for live patches.
    public static func elementID(_ request: Int64) -> String { "request-\(request)-now" }

    let row: RequestsPage.Row
    let page: PageContext

    public init(_ row: RequestsPage.Row, _ page: PageContext) {
        self.row = row
        self.page = page
    }

    public var body: Markup {
        li(
            .id(Self.elementID(row.id)), .class("now \(StageBadge.tone(row.stage).rawValue)"),
            .data("version", String(row.version)), .data("order", String(-Int64.max / 2048)),
            .aria("current", "step")
        ) {
            p(.class("timeline-head")) {
                StageMeter(page, row.stage, row.progress)
                if row.stage == .downloading, let progress = row.progress {
                    TransferText(page: page, transfer: progress)
                }
                InStage(since: row.stageChangedAt, page: page)
            }
        }
    }
}

/// One entry, as page and as live patch: the module puts a new one into its place.
public struct TimelineRow: Component, Sendable {
    /// The id of an entry's element, for live patches.
    public static func elementID(_ entry: Int64) -> String { "timeline-\(entry)" }

    let entry: Timeline.Entry
    let page: PageContext

    public init(_ entry: Timeline.Entry, _ page: PageContext) {
        self.entry = entry
        self.page = page
    }

    public var body: Markup {
        li(
            .id(Self.elementID(entry.id)), .data("list", Timeline.listID), .data("order", String(-entry.at)),
            .class(entry.stage.map { StageBadge.tone($0).rawValue } ?? "plain")
        ) {
            p(.class("timeline-head")) {
                if let stage = entry.stage { StageBadge(page, stage) }
                strong { bdi { sentence } }
                if entry.isLate {
                    span(.title(page[.timelineLateHint])) { Badge(.attention, .clock, page[.timelineLate]) }
                }
            }
            p(.class("muted small")) {
                Moment(entry.at)
                " · " + ActionWords.service(entry.service, page)
                if let duration = entry.duration {
                    " · " + page[.timelineLasted, ["time": DurationText.short(milliseconds: duration, page)]]
                }
                if entry.count > 1 { " · " + page[.timelineSeen, count: entry.count] }
            }
        }
    }

    /// Events have a sentence in every language; anything else is shown as it was recorded.
    private var sentence: String {
        TimelineWords.text(entry.event, entry.values, page.strings) ?? entry.text
    }
}
