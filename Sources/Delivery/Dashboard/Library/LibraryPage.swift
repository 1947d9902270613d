public import HTML

/// What Jellyfin holds against what Marquee knows: the last sync, the next one, its plan, and what needs a decision.
public struct LibraryPage: Component, Sendable {
    /// The last finished run of one kind.
    public struct LastRun: Sendable {
        public var job: JobModel
        public var counters: [(counter: JobModel.Counter, value: Int64)]

        public init(job: JobModel, counters: [(counter: JobModel.Counter, value: Int64)]) {
            self.job = job
            self.counters = counters
        }
    }

    /// The page's model.
    public struct Model: Sendable {
        /// nil: the library has never been read.
        public var lastSync: LastRun?
        public var lastUpdate: LastRun?
        public var lastPending: LastRun?
        /// Unix milliseconds; nil: no schedule.
        public var nextSyncAt: Int64?
        /// A plan made in the last hour and neither applied nor shown: offered again.
        public var openPlan: JobModel?
        public var running: JobModel?
        /// The run named by `?job=`.
        public var report: RunReport.Model?
        /// The entries of that run.
        public var plan: PlanTable.Model?
        public var findings = FindingsList.Model()
        /// A message for this view, such as why a start was refused.
        public var notice: Notice?
        /// The newest event id the model was read at.
        public var version: Int64 = 0

        public init() {}
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
            if model.report != nil {
                p(.class("crumb")) { a(.href(page.url("/library"))) { page[.libraryBack] } }
            }
            h1 { page[.libraryTitle] }
            p(.class("lead")) { page[.libraryLead] }
        }
        if let notice = model.notice { notice }
        JobCard(model.running, version: model.version, page)
        // The run one came for stands first, in the place where its progress was.
        if let report = model.report { RunReport(report, page) }
        if let plan = model.plan { PlanTable(plan, page) }
        LastRunCard(model, page)
        StartCard(isRunning: model.running != nil, page: page)
        FindingsList(model.findings, page)
    }

    /// One region of the page, for `?fragment=`; nil if there is no region of that name.
    public func fragment(_ region: String) -> Markup? {
        switch region {
        case "main": Layout.main(body)
        case "plan": model.plan.map { PlanTable($0, page).body }
        case "findings": FindingsList(model.findings, page).body
        default: nil
        }
    }
}
