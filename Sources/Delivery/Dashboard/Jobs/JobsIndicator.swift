public import HTML

/// The running jobs, in the top bar of every page.
public struct JobsIndicator: Component, Sendable {
    /// The element's id, for live patches.
    public static let elementID = "jobs-indicator"

    let jobs: [JobModel]
    let version: Int64
    let page: PageContext

    /// The indicator for the jobs now running; `version` is the event id they were read at.
    public init(_ jobs: [JobModel], version: Int64, _ page: PageContext) {
        self.jobs = jobs.filter { !$0.state.isFinal }
        self.version = version
        self.page = page
    }

    public var body: Markup {
        div(.id(Self.elementID), .class("jobs"), .data("version", String(version))) {
            if let first = jobs.first {
                a(.href(page.url("/library", [("job", String(first.id))]))) {
                    span(.class("spin")) { Icon.sync.markup }
                    span(.class("jobs-text")) { page[.jobsRunning, count: Int64(jobs.count)] }
                    if let percent = first.percent {
                        span(.class("jobs-percent")) { page[.jobPercent, ["count": String(percent)]] }
                    }
                }
            }
        }
    }
}
