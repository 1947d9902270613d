import HTML

/// When the library was last read, by whom, and with what result.
struct LastRunCard: Component {
    let model: LibraryPage.Model
    let page: PageContext
    private var words: JobWords { JobWords(page) }

    init(_ model: LibraryPage.Model, _ page: PageContext) {
        self.model = model
        self.page = page
    }

    var body: Markup {
        section(.class("card last"), .aria("labelledby", "last-title")) {
            if let last = model.lastSync {
                header(.class("card-head")) {
                    div {
                        h2(.id("last-title")) { page[.lastSync] }
                        p(.class("last-when")) { Moment(last.job.finishedAt ?? last.job.createdAt) }
                        p(.class("muted")) {
                            // A preview or an undo is not what one takes for the last sync, so it says so.
                            if last.job.isDryRun || last.job.undoOf != nil { words.title(last.job) + ", " }
                            page[.lastBy, ["who": last.job.startedBy]]
                        }
                    }
                    div(.class("card-side")) { words.badge(last.job.state) }
                }
                if let error = last.job.error { p(.class("bad-text")) { error } }
                Figures(figures: words.figures(last.counters))
                footer(.class("card-foot")) {
                    a(.href(page.url("/library", [("job", String(last.job.id))]))) { page[.lastShowRun] }
                    next
                    other(model.lastUpdate, page[.lastUpdate])
                    other(model.lastPending, page[.lastPending])
                }
            } else {
                h2(.id("last-title")) { page[.lastSync] }
                EmptyState(.library, page[.libraryNever], page[.libraryNeverHint])
            }
            openPlan
        }
    }

    private var next: Markup {
        span(.class("muted")) {
            if let next = model.nextSyncAt {
                page[.lastNext] + " "
                Moment(next)
            } else {
                page[.lastNoSchedule]
            }
        }
    }

    @MarkupBuilder private func other(_ last: LibraryPage.LastRun?, _ words: String) -> Markup {
        if let last {
            span(.class("muted")) {
                words + " "
                Moment(last.job.finishedAt ?? last.job.createdAt)
            }
        }
    }

    @MarkupBuilder private var openPlan: Markup {
        if let plan = model.openPlan {
            p(.class("open-plan")) {
                Icon.eye.markup
                span {
                    page[.planWaiting] + " "
                    Moment(plan.finishedAt ?? plan.createdAt)
                }
                a(.href(page.url("/library", [("job", String(plan.id))]))) { page[.planReview] }
            }
        }
    }
}
