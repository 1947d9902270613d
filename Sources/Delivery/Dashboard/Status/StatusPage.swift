public import HTML

/// Whether the services answer, when they were last heard, and which webhooks found no request.
public struct StatusPage: Component, Sendable {
    /// The page's model.
    public struct Model: Sendable {
        public var services: [ServiceRow.Model] = []
        /// What weakens this Marquee, the gravest first.
        public var warnings: [Warning] = []
        /// One for each kind; empty for viewers who may not see jobs.
        public var jobs: [JobKindRow.Model] = []
        /// Marquee itself; nil for viewers who may not operate.
        public var own: OwnState.Model?
        /// Newest first; empty for viewers who may not operate.
        public var unmatched: [UnmatchedList.Entry] = []
        public var unmatchedTotal: Int64 = 0
        /// A message for this view, such as why Marquee itself is not ready.
        public var notice: Notice?
        /// The newest event id the model was read at.
        public var version: Int64 = 0

        public init() {}
    }

    /// Something about Marquee itself that somebody should mend.
    public enum Warning: Sendable, Hashable, CaseIterable {
        case diskFull, database, openHooks, plainCookie
    }

    let model: Model
    let page: PageContext

    /// The page's main part, without the layout.
    public init(_ model: Model, _ page: PageContext) {
        self.model = model
        self.page = page
    }

    public var body: Markup {
        header(.class("page-head")) {
            h1 { page[.statusTitle] }
            p(.class("lead")) { page[.statusLead] }
        }
        if let notice = model.notice { notice }
        for warning in model.warnings { notice(warning) }
        services
        if page.maySeeJobs && !model.jobs.isEmpty { jobs }
        if page.mayOperate, let own = model.own { OwnState(own, page) }
        if page.mayOperate { UnmatchedList(model.unmatched, total: model.unmatchedTotal, page) }
    }

    /// One region of the page, for `?fragment=`; nil if there is no region of that name.
    public func fragment(_ region: String) -> Markup? {
        region == "main" ? Layout.main(body) : nil
    }

    private var services: Markup {
        section(.class("block"), .id("services"), .aria("labelledby", "services-title")) {
            h2(.id("services-title")) { page[.statusServices] }
            if model.services.isEmpty {
                EmptyState(.status, page[.statusNoServices], page[.setUpLead])
            } else {
                div(.class("table-frame")) {
                    table(.class("requests services")) {
                        caption(.class("hidden")) { page[.statusServices] }
                        thead { tr { columns } }
                        tbody {
                            for service in model.services { ServiceRow(service, page) }
                        }
                    }
                }
            }
        }
    }

    private func notice(_ warning: Warning) -> Notice {
        switch warning {
        case .diskFull: Notice(.bad, title: page[.statusDiskFull], text: page[.statusDiskFullText])
        case .database: Notice(.bad, title: page[.statusDatabaseTrouble], text: page[.statusDatabaseTroubleText])
        case .openHooks: Notice(.bad, title: page[.statusOpenHooks], text: page[.statusOpenHooksText])
        case .plainCookie: Notice(.attention, title: page[.statusPlainCookie], text: page[.statusPlainCookieText])
        }
    }

    private var jobs: Markup {
        section(.class("block"), .id("jobs"), .aria("labelledby", "jobs-title")) {
            h2(.id("jobs-title")) { page[.statusJobs] }
            div(.class("table-frame")) {
                table(.class("requests jobs-table")) {
                    caption(.class("hidden")) { page[.statusJobs] }
                    thead {
                        tr {
                            th(.scope("col")) { page[.statusJob] }
                            th(.scope("col")) { page[.statusJobState] }
                            th(.scope("col")) { page[.statusLastRun] }
                            th(.scope("col")) { page[.statusNextRun] }
                            if page.mayOperate { th(.scope("col")) { page[.unmatchedAction] } }
                        }
                    }
                    tbody {
                        for job in model.jobs { JobKindRow(job, page) }
                    }
                }
            }
        }
    }

    @MarkupBuilder private var columns: Markup {
        th(.scope("col")) { page[.statusService] }
        th(.scope("col")) { page[.statusReachable] }
        if page.mayOperate {
            th(.scope("col")) { page[.statusVersion] }
            th(.scope("col")) { page[.statusLatency] }
            th(.scope("col")) { page[.statusSuccess] }
            th(.scope("col")) { page[.statusHeard] }
            th(.scope("col")) { page[.statusPolled] }
        }
    }
}
