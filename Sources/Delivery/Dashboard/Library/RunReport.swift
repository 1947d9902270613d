public import HTML

/// The outcome of one run: its numbers, what went wrong, and what can be done with it now.
public struct RunReport: Component, Sendable {
    /// A finished run.
    public struct Model: Sendable {
        /// What a skipped item was skipped for.
        public enum SkipReason: String, Sendable, CaseIterable {
            case unchanged, conflict, quarantined, stale
            case sameMedium = "same_medium"
            case noMedia = "no_media"
            case deletionInProgress = "deletion_in_progress"
            case deletedByChoice = "deleted_by_choice"
            case updateDisabled = "update_disabled"
            case alreadyTracked = "already_tracked"
            case availableInLibrary = "available_in_library"
            case titleNotAsked = "title_not_asked"
            case other
        }

        /// An item that could not be read.
        public struct ItemError: Sendable {
            public var item: String
            public var title: String?
            public var detail: String

            public init(item: String, title: String?, detail: String) {
                self.item = item
                self.title = title
                self.detail = detail
            }
        }

        /// Something odd about a source, and what that costs.
        public struct Warning: Sendable {
            /// Such as `sonarr`.
            public var service: String
            /// Such as `upstream_unreachable`.
            public var code: String
            public var detail: String

            public init(service: String, code: String = "", detail: String) {
                self.service = service
                self.code = code
                self.detail = detail
            }
        }

        /// What may be done with the plan of a dry run.
        public enum PlanState: String, Sendable { case none, applicable, expired, applied }

        public var job: JobModel
        public var counters: [(counter: JobModel.Counter, value: Int64)] = []
        public var skipped: [(reason: SkipReason, count: Int64)] = []
        public var itemErrors: [ItemError] = []
        public var warnings: [Warning] = []
        public var durationMilliseconds: Int64?
        public var upstreamCalls: Int64?
        public var planState: PlanState = .none
        /// The option the plan was made with.
        public var updatesExisting = true
        /// Fields and rows an undo gave back, and those it had to keep.
        public var undone: (reverted: Int64, kept: Int64)?
        /// Whether a later job has undone this one.
        public var undoneBy: Int64?

        public init(job: JobModel) {
            self.job = job
        }
    }

    let model: Model
    let page: PageContext
    private var words: JobWords { JobWords(page) }

    /// The report of `model`.
    public init(_ model: Model, _ page: PageContext) {
        self.model = model
        self.page = page
    }

    public var body: Markup {
        section(.class("card report"), .id("report"), .aria("labelledby", "report-title")) {
            head
            if let error = model.job.error { Notice(.bad, title: page[.reportFailed], text: error) }
            if model.job.state == .interrupted { Notice(.attention, title: page[.reportInterrupted]) }
            if !model.counters.isEmpty { Figures(figures: words.figures(model.counters)) }
            if let undone = model.undone { undoResult(undone) }
            skipped
            for warning in model.warnings {
                notice(warning)
            }
            errors
            ReportActions(model: model, page: page)
        }
    }

    private var head: Markup {
        header(.class("card-head")) {
            div {
                h2(.id("report-title")) { words.title(model.job) }
                p(.class("muted")) {
                    page[.jobStartedBy, ["id": String(model.job.id), "who": model.job.startedBy]]
                    " · "
                    Moment(model.job.finishedAt ?? model.job.createdAt)
                    if let span = model.durationMilliseconds {
                        " · " + DurationText.short(milliseconds: span, page)
                    }
                    if let calls = model.upstreamCalls { " · " + page[.reportCalls, count: calls] }
                }
            }
            div(.class("card-side")) { words.badge(model.job.state) }
        }
    }

    private func notice(_ warning: Model.Warning) -> Notice {
        let service = ActionWords.service(warning.service, page)
        guard warning.code == "upstream_unreachable" else {
            return Notice(.info, title: service, text: warning.detail)
        }
        return Notice(.attention, title: page[.reportUnreachable, ["service": service]], text: warning.detail)
    }

    private func undoResult(_ undone: (reverted: Int64, kept: Int64)) -> Markup {
        Notice(
            undone.kept == 0 ? .good : .attention, title: page[.undoReverted, count: undone.reverted],
            text: undone.kept == 0 ? nil : page[.undoKept, count: undone.kept]
        ).body
    }

    private var skipped: Markup {
        let reasons = model.skipped.filter { $0.count > 0 }
        return fragment {
            if !reasons.isEmpty {
                p(.class("reasons")) {
                    span(.class("muted")) { page[.reportSkipped] }
                    for (reason, count) in reasons {
                        span {
                            strong { NumberText.grouped(count) }
                            " " + Self.word(reason, page)
                        }
                    }
                }
            }
        }
    }

    @MarkupBuilder private var errors: Markup {
        if !model.itemErrors.isEmpty {
            details(.class("errors"), .id("run-errors")) {
                summary { page[.reportItemErrors, count: Int64(model.itemErrors.count)] }
                ul {
                    for error in model.itemErrors {
                        li {
                            strong { bdi { error.title ?? error.item } }
                            " " + error.detail
                            if error.title != nil { code { error.item } }
                        }
                    }
                }
            }
        }
    }

    static func word(_ reason: Model.SkipReason, _ page: PageContext) -> String {
        switch reason {
        case .unchanged: page[.skipUnchanged]
        case .sameMedium: page[.skipSameMedium]
        case .conflict: page[.skipConflict]
        case .quarantined: page[.skipQuarantined]
        case .noMedia: page[.skipNoMedia]
        case .stale: page[.skipStale]
        case .deletionInProgress: page[.skipDeletionInProgress]
        case .deletedByChoice: page[.skipDeletedByChoice]
        case .updateDisabled: page[.skipUpdateDisabled]
        case .alreadyTracked: page[.skipAlreadyTracked]
        case .availableInLibrary: page[.skipAvailableInLibrary]
        case .titleNotAsked: page[.skipTitleNotAsked]
        case .other: page[.skipOther]
        }
    }
}
