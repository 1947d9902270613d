public import HTML

/// One service instance, as page and as live patch.
public struct ServiceRow: Component, Sendable {
    /// What is known of it, where unknown is not "no".
    public struct Model: Sendable {
        public var service: String
        public var instance: String
        /// nil before the first check.
        public var isReachable: Bool?
        /// What answers there, by its own name; nil where it does not say.
        public var application: String?
        public var version: String?
        /// Whether Marquee has been made for that version; nil: not known.
        public var isSupported: Bool?
        public var latencyMilliseconds: Int64?
        /// How far its clock is ahead of ours, in seconds; nil: not known.
        public var clockSkew: Int64?
        /// Unix milliseconds, like every time here.
        public var lastSuccess: Int64?
        public var lastWebhook: Int64?
        /// Whether this service should send webhooks.
        public var expectsWebhooks = false
        public var lastPolled: Int64?
        /// Since when it has not answered.
        public var silentSince: Int64?
        /// What went wrong.
        public var error: String?
        /// What to do about it.
        public var remedy: Remedy?
        /// The event id it was read at.
        public var eventID: Int64 = 0

        public init(service: String, instance: String) {
            self.service = service
            self.instance = instance
        }
    }

    /// What to do about a service that does not answer as it should; `name` is the setting to look at.
    public enum Remedy: Sendable, Hashable {
        case credentials(name: String)
        case address(name: String)
        case path(name: String)
        case examine
    }

    /// A clock that is off by more than this many seconds is said so (operations.md §1).
    public static let clockTolerance: Int64 = 30

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
                    if page.mayOperate, let error = model.error {
                        span(.class("bad-text small")) { bdi { error } }
                        if let remedy = model.remedy { span(.class("small")) { words(remedy) } }
                    }
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

    private func words(_ remedy: Remedy) -> String {
        switch remedy {
        case .credentials(let name): page[.statusFixCredentials, ["name": name]]
        case .address(let name): page[.statusFixAddress, ["name": name]]
        case .path(let name): page[.statusFixPath, ["name": name]]
        case .examine: page[.statusFixExamine]
        }
    }

    @MarkupBuilder private var details: Markup {
        td(.data("label", page[.statusVersion])) {
            if let version = model.version { bdi { version } } else { "–" }
            if let application = model.application { span(.class("evidence")) { bdi { application } } }
            if model.isSupported == false {
                Badge(.attention, .alert, page[.statusUnsupported])
            }
            if let skew = model.clockSkew, skew.magnitude > UInt64(Self.clockTolerance) {
                Badge(.attention, .clock, Self.words(skew: skew, page))
            }
        }
        td(.class("number"), .data("label", page[.statusLatency])) {
            model.latencyMilliseconds.map { DurationText.short(milliseconds: $0, page) } ?? "–"
        }
        td(.data("label", page[.statusSuccess])) { moment(model.lastSuccess) }
        td(.data("label", page[.statusHeard])) { heard }
        td(.data("label", page[.statusPolled])) {
            moment(model.lastPolled)
        }
    }

    @MarkupBuilder private func moment(_ time: Int64?) -> Markup {
        if let time { Moment(time) } else { "–" }
    }

    /// By how much a clock is wrong, in words.
    static func words(skew: Int64, _ page: PageContext) -> String {
        let time = DurationText.short(milliseconds: Int64(min(skew.magnitude, 1 << 40)) * 1000, page)
        return page[skew > 0 ? .statusClockAhead : .statusClockBehind, ["time": time]]
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
