public import HTML

/// One service instance, as page and as live patch.
public struct ServiceRow: Component, Sendable {
    /// What is known of it, where unknown is not "no".
    public struct Model: Sendable {
        public var service: String
        public var instance: String
        /// nil before the first check.
        public var isReachable: Bool?
        public var version: String?
        /// Whether Marquee has been made for that version; nil: not known.
        public var isSupported: Bool?
        public var latencyMilliseconds: Int64?
        /// Unix milliseconds, like every time here.
        public var lastWebhook: Int64?
        /// Whether this service should send webhooks.
        public var expectsWebhooks = false
        public var lastPolled: Int64?
        /// Since when it has not answered.
        public var silentSince: Int64?
        /// What went wrong and what to do.
        public var error: String?
        /// The event id it was read at.
        public var eventID: Int64 = 0

        public init(service: String, instance: String) {
            self.service = service
            self.instance = instance
        }
    }

    /// The id of a row's element, for live patches.
    public static func elementID(_ service: String, _ instance: String) -> String { "service-\(service)-\(instance)" }

    let model: Model
    let page: PageContext

    public init(_ model: Model, _ page: PageContext) {
        self.model = model
        self.page = page
    }

    public var body: Markup {
        tr(
            .id(Self.elementID(model.service, model.instance)), .data("version", String(model.eventID)),
            .flag("data-row")
        ) {
            th(.scope("row")) {
                span(.class("media")) {
                    span(.class("media-title")) { ActionWords.service(model.service, page) }
                    if model.instance != "default" { span(.class("media-facts")) { bdi { model.instance } } }
                    if page.mayOperate, let error = model.error { span(.class("bad-text small")) { bdi { error } } }
                }
            }
            td(.data("label", page[.statusReachable])) {
                reachable
                if let since = model.silentSince {
                    span(.class("evidence")) {
                        page[.findingSince] + " "
                        Moment(since)
                    }
                }
            }
            if page.mayOperate { details }
        }
    }

    private var reachable: Badge {
        switch model.isReachable {
        case true?: Badge(.good, .check, page[.statusYes])
        case false?: Badge(.bad, .alert, page[.statusNo])
        case nil: Badge(.waiting, .clock, page[.statusUnknown])
        }
    }

    @MarkupBuilder private var details: Markup {
        td(.data("label", page[.statusVersion])) {
            if let version = model.version { bdi { version } } else { "–" }
            if model.isSupported == false { span(.class("evidence attention-text")) { page[.statusUnsupported] } }
        }
        td(.class("number"), .data("label", page[.statusLatency])) {
            model.latencyMilliseconds.map { DurationText.short(milliseconds: $0, page) } ?? "–"
        }
        td(.data("label", page[.statusHeard])) { heard }
        td(.data("label", page[.statusPolled])) {
            if let polled = model.lastPolled { Moment(polled) } else { "–" }
        }
    }

    @MarkupBuilder private var heard: Markup {
        if let heard = model.lastWebhook {
            Moment(heard)
        } else if model.expectsWebhooks {
            span(.class("bad-text")) { page[.statusNever] }
        } else {
            "–"
        }
    }
}
