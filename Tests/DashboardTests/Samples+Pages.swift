import Dashboard
import HTML

extension Samples {
    /// The states of the Library page, by the name of their snapshot.
    static let library: [(name: String, model: LibraryPage.Model)] = [
        ("empty", LibraryPage.Model()),
        ("running", with { $0.running = running() }),
        (
            "plan",
            with {
                var report = report(job(dryRun: true))
                report.planState = .applicable
                $0.report = report
                $0.plan = plan()
                $0.findings = findings()
            }
        ),
        (
            "applied",
            with {
                var job = job(192, .librarySync, .partial)
                job.canUndo = true
                job.planOf = 191
                $0.report = report(job)
                $0.plan = plan(applied: true)
                $0.nextSyncAt = noon + 3_600_000
                $0.lastUpdate = .init(job: Samples.job(180, .metadataUpdate), counters: [])
            }
        ),
        (
            "failed",
            with {
                var job = job(193, .librarySync, .failed)
                job.error =
                    "Jellyfin at http://jellyfin:8096 refused the connection. Check the address in the settings."
                $0.report = RunReport.Model(job: job)
                $0.lastSync = lastSync(.failed)
                $0.notice = Notice(.attention, title: "A sync is already running.", text: "Job #190.")
            }
        ),
        (
            "undone",
            with {
                var job = job(194, .librarySync)
                job.undoOf = 192
                var report = RunReport.Model(job: job)
                report.undone = (reverted: 44, kept: 1)
                $0.report = report
            }
        ),
        (
            "findings",
            with {
                $0.findings = findings()
                $0.openPlan = job(191, .librarySync, .succeeded, dryRun: true)
            }
        ),
    ]

    private static func with(_ change: (inout LibraryPage.Model) -> Void) -> LibraryPage.Model {
        var model = LibraryPage.Model()
        model.lastSync = lastSync()
        change(&model)
        return model
    }

    /// Every whole page in every state.
    static func pages(_ page: PageContext = PageContext()) -> [(name: String, page: Markup)] {
        var pages = library.map { sample in
            ("library-\(sample.name)", whole(sample.model, page))
        }
        pages += [
            ("requests", RequestsPage(requests(), page).whole(Frame(jobs: [running()], version: 4711))),
            ("status", StatusPage(status(), page).whole(Frame(version: 4711))),
            ("status-empty", StatusPage(StatusPage.Model(), page).whole(Frame(version: 1))),
            ("requests-empty", RequestsPage(emptyRequests(filtered: false), page).whole(Frame(jobs: [], version: 1))),
            ("requests-no-match", RequestsPage(emptyRequests(filtered: true), page).whole(Frame(jobs: [], version: 1))),
            ("docs", DocsPage(docs(), page).whole(frame)),
            ("error-404", ErrorPage(.init(status: 404, traceID: "5f0c9d11"), page).whole),
            (
                "error-502",
                ErrorPage(.init(status: 502, detail: "Jellyfin is not answering.", traceID: "5f0c9d12"), page).whole
            ),
        ]
        pages += deletions.map { ("deletions-" + $0.name, DeletionsPage($0.model, page).whole(frame)) }
        pages.append(("deletions-new", DeletePage(deletePlan(), page).whole(frame)))
        pages += histories.map { ($0.name, HistoryPage($0.model, page).whole(frame)) } + shells(page)
        pages += activities.map { ("activity-" + $0.name, ActivityPage($0.model, page).whole(frame)) }
        pages += settings.map { ("settings-" + $0.name, SettingsPage($0.model, page).whole(frame)) }
        pages += requestPages.map { ("request-" + $0.name, RequestPage($0.model, page).whole(frame)) }
        return pages
    }

    /// A description of one route and one form.
    static func docs() -> DocsPage.Model {
        let route = RouteEntry.Model(
            method: "GET", path: "/api/jobs/{id}", summary: "Shows one job.", detail: "It may be old.",
            access: "admins", parameters: [DocsTable.Row("id (path)", "whole number", "Of the job.")],
            members: [DocsTable.Row("reason", "text")],
            answers: [DocsTable.Row("200", "Job", link: "Job", "As it stands now.")])
        return DocsPage.Model(
            version: "0.1.0", chapters: [.init(name: "Jobs", text: "Work.", routes: [route])],
            forms: [.init(name: "Job", members: [DocsTable.Row("id", "whole number")])])
    }

    /// A frame with everything in it.
    static var frame: Frame {
        var frame = Frame(version: 4711)
        frame.attention = 3
        frame.silences = [.init(service: "sonarr", since: noon - 360_000)]
        return frame
    }

    static func whole(_ model: LibraryPage.Model, _ page: PageContext) -> Markup {
        LibraryPage(model, page).whole(Frame(jobs: [model.running].compactMap(\.self), version: 4711))
    }
}
