public import HTML

/// Marquee itself: its database, its log of events, who listens, who leads, the disk, the clocks.
public struct OwnState: Component, Sendable {
    /// What is known.
    public struct Model: Sendable {
        /// `SQLite` or `PostgreSQL`.
        public var database: String
        /// Bytes; nil: not measured yet.
        public var databaseSize: Int64?
        /// How many steps of the schema are applied, and how many this version knows.
        public var schema: (applied: Int, known: Int)
        /// How many events are kept, and the newest one's id.
        public var events: (count: Int64, newest: Int64)
        /// Unix milliseconds; nil while the log is empty.
        public var eventsSince: Int64?
        public var streams: Int
        public var leads: Bool
        /// Free bytes; nil: not known.
        public var diskFree: Int64?
        /// Each service's clock against ours, in seconds, as far as known.
        public var clockSkews: [Int64] = []

        public init(
            database: String, schema: (applied: Int, known: Int), events: (count: Int64, newest: Int64), streams: Int,
            leads: Bool
        ) {
            self.database = database
            self.schema = schema
            self.events = events
            self.streams = streams
            self.leads = leads
        }
    }

    let model: Model
    let page: PageContext

    public init(_ model: Model, _ page: PageContext) {
        self.model = model
        self.page = page
    }

    public var body: Markup {
        section(.class("block"), .id("own"), .aria("labelledby", "own-title")) {
            h2(.id("own-title")) { page[.statusOwn] }
            dl(.class("facts card")) {
                fact(page[.statusDatabase]) { database }
                fact(page[.statusEventLog]) { events }
                fact(page[.statusStreams]) { String(model.streams) }
                fact(page[.statusLeader]) { model.leads ? page[.statusLeads] : page[.statusFollows] }
                fact(page[.statusDisk]) { disk }
                fact(page[.statusClocks]) { clocks }
            }
        }
    }

    private func fact(_ name: String, @MarkupBuilder _ value: () -> Markup) -> Markup {
        div {
            dt { name }
            dd(content: value)
        }
    }

    @MarkupBuilder private var database: Markup {
        page[
            .statusDatabaseText,
            ["kind": model.database, "size": BytesText.size(model.databaseSize) ?? page[.statusDatabaseSize]]]
        ", "
        if model.schema.applied == model.schema.known {
            page[.statusSchema, ["known": String(model.schema.known)]]
        } else {
            page[.statusSchemaBehind, ["applied": String(model.schema.applied), "known": String(model.schema.known)]]
        }
    }

    @MarkupBuilder private var events: Markup {
        page[.statusEventLogText, count: model.events.count, ["newest": NumberText.grouped(model.events.newest)]]
        if let since = model.eventsSince {
            ", " + page[.statusEventsSince] + " "
            Moment(since)
        }
    }

    private var disk: String {
        BytesText.size(model.diskFree).map { page[.statusDiskFree, ["size": $0]] } ?? page[.statusUnknown]
    }

    private var clocks: String {
        guard let worst = model.clockSkews.map({ min($0.magnitude, 1 << 40) }).max() else {
            return page[.statusClocksUnknown]
        }
        let isGood = worst <= UInt64(ServiceRow.clockTolerance)
        let time = isGood ? ServiceRow.clockTolerance : Int64(worst)
        return page[
            isGood ? .statusClocksGood : .statusClocksOff,
            ["time": DurationText.short(milliseconds: time * 1000, page)]]
    }
}
