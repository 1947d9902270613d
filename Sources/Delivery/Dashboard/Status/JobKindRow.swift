public import HTML

/// One kind of job: whether it runs, how the last run went, when the next begins.
///
/// The same row is page and live patch.
public struct JobKindRow: Component, Sendable {
    /// What is known of the kind.
    public struct Model: Sendable {
        public var kind: JobModel.Kind
        /// The job of this kind that runs now.
        public var running: JobModel?
        /// The last that ended.
        public var last: JobModel?
        /// Unix milliseconds; nil without a schedule.
        public var nextAt: Int64?
        /// Whether another job of the same lane runs, so that none can be started.
        public var isBusy = false
        /// The event id it was read at.
        public var version: Int64 = 0

        public init(kind: JobModel.Kind) { self.kind = kind }
    }

    /// The id of a row's element, for live patches.
    public static func elementID(_ kind: JobModel.Kind) -> String { "job-" + kind.rawValue }

    let model: Model
    let page: PageContext
    private var words: JobWords { JobWords(page) }

    public init(_ model: Model, _ page: PageContext) {
        self.model = model
        self.page = page
    }

    public var body: Markup {
        tr(
            .id(Self.elementID(model.kind)), .data("version", String(model.version)),
            .data("announce", model.running.map { announcement($0) } ?? model.last.map { announcement($0) }),
            .flag("data-row")
        ) {
            th(.scope("row")) { span(.class("media-title")) { words.kind(model.kind) } }
            td(.data("label", page[.statusJobState])) { state }
            td(.data("label", page[.statusLastRun])) { last }
            td(.data("label", page[.statusNextRun])) {
                if let next = model.nextAt { Moment(next) } else { page[.lastNoSchedule] }
            }
            if page.mayOperate { td { action } }
        }
    }

    private func announcement(_ job: JobModel) -> String {
        page[.jobAnnounce, ["job": words.title(job), "state": words.state(job.state)]]
    }

    @MarkupBuilder private var state: Markup {
        if let job = model.running {
            words.badge(job.state)
            div(.class("meter")) {
                progress(
                    .aria("label", page[.jobProgress]), .named("max", job.total.map { max($0, 1) }),
                    .named("value", job.total.map { min(max(job.done, 0), max($0, 1)) }))
                span(.class("evidence")) { step(job) }
            }
        } else if let last = model.last {
            words.badge(last.state)
            if let error = last.error { span(.class("evidence")) { bdi { error } } }
        } else {
            span(.class("muted")) { page[.statusNeverRun] }
        }
    }

    private func step(_ job: JobModel) -> String {
        let percent = job.percent.map { page[.jobPercent, ["count": String($0)]] } ?? page[.jobPercentUnknown]
        return ([job.phase.map { words.phase($0) }].compactMap(\.self) + [percent]).joined(separator: " · ")
    }

    @MarkupBuilder private var last: Markup {
        if let last = model.last {
            Moment(last.finishedAt ?? last.createdAt)
            span(.class("evidence")) {
                a(
                    .href(page.url("/library", [("job", String(last.id))])),
                    .aria("label", page[.statusReportLabel, ["job": words.title(last)]])
                ) { page[.statusReport] }
            }
        } else {
            "–"
        }
    }

    @MarkupBuilder private var action: Markup {
        if let job = model.running {
            if job.canCancel {
                ActionForm(page, action: "/api/jobs/\(job.id)/cancel", cssClass: "action") {
                    ActionButton(
                        .secondary, page[.jobCancel], icon: .cross,
                        label: page[.actionOf, ["action": page[.jobCancel], "title": words.kind(model.kind)]])
                }
            }
        } else {
            ActionForm(page, action: model.kind.startPath, cssClass: "action") {
                ActionButton(
                    .secondary, page[.statusRunNow], icon: .play, name: "dry_run", value: "false",
                    isDisabled: model.isBusy, label: page[.statusRunNowLabel, ["job": words.kind(model.kind)]])
            }
        }
    }
}
