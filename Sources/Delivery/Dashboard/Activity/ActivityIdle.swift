public import HTML

/// What the Activity page says when nothing is under way; the module hides and shows it as cards come and go.
public struct ActivityIdle: Component, Sendable {
    /// The element's id, for live patches.
    public static let elementID = "activity-idle"

    /// The model.
    public struct Model: Sendable {
        /// The newest arrival of all.
        public var lastArrival: (id: Int64, title: String, at: Int64)?
        /// What is still to be set up, in order; empty once Marquee knows a service.
        public var steps: [(step: Step, isDone: Bool)] = []

        public init() {}
    }

    /// The steps of setting up.
    public enum Step: String, Sendable, CaseIterable {
        case jellyfin, seerr, arr, webhooks, library
    }

    let model: Model
    let isIdle: Bool
    let version: Int64
    let page: PageContext

    public init(_ model: Model, isIdle: Bool, version: Int64, _ page: PageContext) {
        self.model = model
        self.isIdle = isIdle
        self.version = version
        self.page = page
    }

    public var body: Markup {
        section(
            .id(Self.elementID), .class("idle"), .flag("hidden", !isIdle), .data("version", String(version)),
            .data("unless", "\(ActivityBand.Kind.attention.listID) \(ActivityBand.Kind.moving.listID)"),
            .aria("label", page[.activityIdle])
        ) {
            if model.steps.isEmpty { quiet } else { setUp }
        }
    }

    @MarkupBuilder private var quiet: Markup {
        EmptyState(.activity, page[.activityIdle], model.lastArrival == nil ? page[.activityIdleHint] : nil)
        if let last = model.lastArrival {
            p(.class("muted centre")) {
                page[.activityLast] + " "
                a(.href(page.url("/request/\(last.id)"))) { bdi { last.title } }
                ", "
                Moment(last.at)
            }
        }
    }

    private var setUp: Markup {
        div(.class("card")) {
            h2 { page[.setUpTitle] }
            p(.class("muted")) { page[.setUpLead] }
            ol(.class("set-up")) {
                for (step, isDone) in model.steps {
                    li(.class(isDone ? "done" : "todo")) {
                        if isDone { Icon.check.markup } else { span(.class("step-dot"), .decorative) }
                        span { word(step) }
                        if isDone { span(.class("hidden")) { page[.setUpDone] } }
                    }
                }
            }
        }
    }

    private func word(_ step: Step) -> String {
        switch step {
        case .jellyfin: page[.setUpJellyfin]
        case .seerr: page[.setUpSeerr]
        case .arr: page[.setUpArr]
        case .webhooks: page[.setUpWebhooks]
        case .library: page[.setUpLibrary]
        }
    }
}
