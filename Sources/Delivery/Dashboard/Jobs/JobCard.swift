public import HTML

/// The running job: step, bar, speed, time left, counts, Cancel.
///
/// The same component is page and live patch.
/// Its place in the page is always there, also while no job runs, so that a run started elsewhere appears by itself.
public struct JobCard: Component, Sendable {
    /// The element's id: live patches of jobs of the library go there.
    public static let elementID = "library-job"

    let job: JobModel?
    let version: Int64
    let page: PageContext
    private var words: JobWords { JobWords(page) }

    /// A card, or the empty place for one; `version` is the event id at which there was no job.
    public init(_ job: JobModel?, version: Int64 = 0, _ page: PageContext) {
        self.job = job
        self.version = version
        self.page = page
    }

    public var body: Markup {
        if let job, !job.state.isFinal {
            section(
                .id(Self.elementID), .class("card job"), .data("version", String(job.version)),
                .data("announce", announcement(job)), .aria("labelledby", "job-title")
            ) {
                head(job)
                steps(job)
                meter(job)
                Figures(figures: words.figures(job.counters))
            }
        } else if let job {
            // Finished: the module fetches the page's main part once and shows the report in place of the card.
            div(
                .id(Self.elementID), .data("version", String(job.version)), .data("announce", announcement(job)),
                .data("load", "\(job.id)-\(job.state.rawValue)"))
        } else {
            div(.id(Self.elementID), .data("version", String(version)))
        }
    }

    private func announcement(_ job: JobModel) -> String {
        page[.jobAnnounce, ["job": words.title(job), "state": words.state(job.state)]]
    }

    private func head(_ job: JobModel) -> Markup {
        header(.class("card-head")) {
            div {
                h2(.id("job-title")) { words.title(job) }
                p(.class("muted")) {
                    page[.jobStartedBy, ["id": String(job.id), "who": job.startedBy]]
                    " · "
                    Moment(job.startedAt ?? job.createdAt)
                }
            }
            div(.class("card-side")) {
                words.badge(job.state)
                if page.mayOperate && job.canCancel {
                    ActionForm(page, action: "/api/jobs/\(job.id)/cancel") {
                        ActionButton(.secondary, page[.jobCancel], icon: .cross)
                    }
                }
            }
        }
    }

    private func steps(_ job: JobModel) -> Markup {
        let all = job.phases
        let current = job.phase.flatMap { all.firstIndex(of: $0) } ?? -1
        return ol(.class("steps"), .aria("label", page[.jobSteps])) {
            for (index, phase) in all.enumerated() {
                li(
                    .class(index < current ? "done" : index == current ? "now" : "todo"),
                    .aria("current", index == current ? "step" : nil)
                ) {
                    if index < current { Icon.check.markup } else { span(.class("step-dot"), .decorative) }
                    words.phase(phase)
                }
            }
        }
    }

    private func meter(_ job: JobModel) -> Markup {
        div(.class("meter")) {
            progress(
                .aria("label", page[.jobProgress]), .named("max", job.total.map { max($0, 1) }),
                .named("value", job.total.map { min(max(job.done, 0), max($0, 1)) }))
            p(.class("meter-text")) {
                strong { job.percent.map { page[.jobPercent, ["count": String($0)]] } ?? page[.jobPercentUnknown] }
                span { doneText(job) }
                if let rate = job.rate { span { page[.jobRate, ["rate": NumberText.rate(rate)]] } }
                if let eta = job.etaSeconds {
                    span { page[.jobEta, ["time": DurationText.short(milliseconds: max(1, eta) * 1000, page)]] }
                }
            }
        }
    }

    private func doneText(_ job: JobModel) -> String {
        let done = NumberText.grouped(job.done)
        guard let total = job.total else { return page[.jobDone, ["done": done]] }
        return page[.jobDoneOf, ["done": done, "total": NumberText.grouped(total)]]
    }
}
