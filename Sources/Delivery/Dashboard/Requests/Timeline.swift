public import HTML

/// What happened to a request, newest first.
public struct Timeline: Component, Sendable {
    /// One entry.
    public struct Entry: Sendable {
        public var id: Int64
        /// Unix milliseconds.
        public var at: Int64
        /// Such as `jellyfin`; `marquee` for our own doing.
        public var service: String
        /// A key such as `synced_from_library`; its sentence comes from the catalogue.
        public var event: String
        /// The sentence for an event the catalogue does not know yet.
        public var text: String
        /// The stage it led to.
        public var stage: StageBadge.Stage?
        /// How long the stage it led to lasted, in milliseconds; nil while it lasts.
        public var duration: Int64?
        public var isLate = false

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

    let entries: [Entry]
    let page: PageContext

    /// The timeline of `entries`.
    public init(_ entries: [Entry], _ page: PageContext) {
        self.entries = entries
        self.page = page
    }

    public var body: Markup {
        section(.class("card"), .id("timeline"), .aria("labelledby", "timeline-title")) {
            h2(.id("timeline-title")) { page[.timelineTitle] }
            if entries.isEmpty {
                p(.class("muted")) { page[.timelineEmpty] }
            } else {
                ol(.class("timeline")) {
                    for entry in entries { row(entry) }
                }
            }
        }
    }

    private func sentence(_ entry: Entry) -> String {
        switch entry.event {
        case "synced_from_library": page[.eventSynced]
        case "found_in_library": page[.eventFound]
        case "metadata_filled": page[.eventFilled]
        default: entry.text
        }
    }

    private func row(_ entry: Entry) -> Markup {
        li {
            p(.class("timeline-head")) {
                if let stage = entry.stage { StageBadge(page, stage) }
                strong { bdi { sentence(entry) } }
                if entry.isLate { Badge(.attention, .clock, page[.timelineLate]) }
            }
            p(.class("muted small")) {
                Moment(entry.at)
                " · " + ActionWords.service(entry.service, page)
                if let duration = entry.duration {
                    " · " + page[.timelineLasted, ["time": DurationText.short(milliseconds: duration, page)]]
                }
            }
        }
    }
}
