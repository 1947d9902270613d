public import Accounts
import Changes
import Dashboard
public import Deletion
import HTML
public import HTTPServer
public import Jobs
public import LibrarySync
public import Media
public import Observability
public import Shapes
public import Store
public import Tracking

/// Everything one can ask Marquee over HTTP: JSON for programs, pages for people.
public struct API: Sendable {
    let store: Store
    let jobs: Jobs
    let syncs: LibrarySyncs
    let pending: PendingSyncs
    let tracking: Tracking
    let deletions: Deletions
    let access: Access
    let accounts: Accounts
    let hookSecrets: HookSecrets
    let board: HealthBoard
    let backups: Backups
    let metrics: Metrics
    let links: PublicLinks
    let posters: any PosterSource
    let settings: SettingsOffice
    let log: Logger
    let basePath: String
    let requiresHTTPS: Bool
    let limits: CallerLimits
    let refusals: CallGate
    let rateGate: CallGate?
    let seats: StreamSeats
    let now: @Sendable () -> Timestamp
    /// How often each kind of job starts by itself; kinds without a schedule are absent.
    let schedules: @Sendable () -> [String: Duration]
    let rendered = RenderedEvents()
    let verifyGate = VerifyGate()
    let episodesShown = EpisodeMemory()
    let described = DescriptionMemory()

    public init(
        store: Store, jobs: Jobs, syncs: LibrarySyncs, pending: PendingSyncs, tracking: Tracking,
        deletions: Deletions, access: Access,
        accounts: Accounts,
        hookSecrets: HookSecrets, board: HealthBoard, backups: Backups, metrics: Metrics, links: PublicLinks,
        posters: any PosterSource, settings: SettingsOffice, log: Logger,
        basePath: String, requiresHTTPS: Bool, limits: CallerLimits = CallerLimits(),
        now: @escaping @Sendable () -> Timestamp,
        schedules: @escaping @Sendable () -> [String: Duration] = { [:] }
    ) {
        self.store = store
        self.jobs = jobs
        self.syncs = syncs
        self.pending = pending
        self.tracking = tracking
        self.deletions = deletions
        self.access = access
        self.accounts = accounts
        self.hookSecrets = hookSecrets
        self.board = board
        self.backups = backups
        self.metrics = metrics
        self.links = links
        self.posters = posters
        self.settings = settings
        self.log = log
        self.basePath = basePath
        self.requiresHTTPS = requiresHTTPS
        self.limits = limits
        refusals = CallGate(limits.refusals)
        rateGate = limits.rate.map { CallGate($0) }
        seats = StreamSeats(limits)
        self.now = now
        self.schedules = schedules
    }

    /// The version of this program.
    var version: String { settings.version }

    /// The table of every route with its permission.
    public var routes: RouteTable {
        var routes = RouteTable()
        addHealth(to: &routes)
        addWebhooks(to: &routes)
        addRequests(to: &routes)
        addLists(to: &routes)
        addActions(to: &routes)
        addBulk(to: &routes)
        addDeletions(to: &routes)
        addStats(to: &routes)
        addSyncs(to: &routes)
        addJobs(to: &routes)
        addFindings(to: &routes)
        addBackups(to: &routes)
        addBackupPages(to: &routes)
        addDeletionPages(to: &routes)
        addAuth(to: &routes)
        addKeys(to: &routes)
        addUsers(to: &routes)
        addSettings(to: &routes)
        addSettingsPages(to: &routes)
        addHookInstallation(to: &routes)
        addEvents(to: &routes)
        addDescription(to: &routes)
        addPages(to: &routes)
        addHistory(to: &routes)
        return routes
    }

    /// These routes, guarded and counted, for a server to answer.
    public var site: Site {
        let traffic = Traffic(metrics)
        let cors = CORS(limits.corsOrigins)
        return Site(
            routes: routes,
            authorize: { permission, request in await letIn(permission, &request) },
            authorizeUnknown: { permissions, request in
                if let answer = cors.preflight(request) { return answer.secured }
                var request = request
                let refusal = await admit(permissions.first ?? .user, &request, mayRenew: false)
                return refusal.map { counted($0, request, access.forwarding.client(request)) }
            },
            failure: { status, detail, request in
                answer(Problem(status, Self.codes[status] ?? "error", detail), request)
            },
            onError: { error, request in answer(problem(error, request), request) },
            dress: { cors.dressed($0, $1) },
            onFinish: { traffic.count($0) })
    }

    private static let codes = [
        400: "bad_request", 404: "not_found", 405: "wrong_method", 413: "too_large", 431: "headers_too_large",
    ]

    /// A problem as JSON for programs, as a page for browsers.
    func answer(_ problem: Problem, _ request: Request) -> Response {
        let wantsPage = request.headers["Accept"]?.contains("text/html") ?? false
        let isPage = !request.path.hasPrefix(basePath + "/api") && wantsPage
        if isPage {
            let page = ErrorPage(
                ErrorPage.Model(status: problem.status, detail: problem.detail, traceID: request.traceID),
                context(request))
            var response = Response.html(page.whole.bytes, status: problem.status)
            response.headers += problem.headers
            return response.secured
        }
        return problem.response(request, basePath: basePath).secured
    }
}
