/// Everything that happens to requested titles: the state behind `FlowEngine`'s lock.
struct FlowState: Sendable {
    let dice: Dice
    var delays = FlowDelays()
    /// The virtual moment things happen at.
    var now: Int64
    var agenda = Agenda()
    var titles: [FlowTitle] = []
    var requests: [FlowRequest] = []
    var media: [Int: FlowMedia] = [:]
    var entries: [ArrEntry] = []
    var downloads: [Download] = []
    var history: [ArrHistory] = []
    var disk: [String: DiskFile] = [:]
    var shokoFiles: [FlowShokoFile] = []
    /// Places of the files whose record was dropped.
    var shokoForgotten: Set<Int> = []
    /// Titles whose metadata Shoko has.
    var shokoKnown: Set<Int> = []
    var items: [FlowItem] = []
    /// The scenario under way, and the titles its steps named, in order.
    var run: ScenarioRun?
    var named: [Int] = []
    /// What a step wants of the clock; taken by the engine.
    var clockSpeed: Int?
    var clockJump: Int64 = 0
    /// What the *arrs were told to do.
    var commands: [ArrCommand] = []
    var notifications: [ArrNotification] = []
    var seerrHook = SeerrHook()
    /// The settings of Jellyfin's Webhook plugin, and whom it tells by them.
    var webhookPlugin = WebhookPlugin.fresh
    var jellyfinHooks: [PlainHook] = []
    /// qBittorrent's run-on-finish calls.
    var finishHooks: [PlainHook] = []
    var exclusions: [FlowExclusion] = []
    var lastExclusion = 0
    /// Where the *arrs put deleted files, by service.
    var recycleBins: [String: String] = [:]
    /// Paths of disks that are not there.
    var goneMounts: Set<String> = []
    /// Paths at which Jellyfin can delete nothing.
    var readOnlyMounts: Set<String> = []
    /// When Jellyfin's scan of all libraries ends.
    var scanEnds: Int64 = 0
    /// Webhooks not yet taken by their sender.
    var outbox: [OutgoingHook] = []
    /// Happenings not yet told to the listeners.
    var happenings: [ShokoHappening] = []
    /// Grows with each change Jellyfin's listings can show.
    var itemRevision = 0
    var lastMediaID = 0
    var lastFileID = 0
    // What scenarios say about single titles, by number.
    /// Releases are found and refused, for these reasons.
    var rejections: [Int: [String]] = [:]
    /// Imports stop and wait for somebody, with this message.
    var blocks: [Int: String] = [:]
    /// Finished downloads are not imported until a step says so.
    var holdsImports: Set<Int> = []
    /// Seasons come as single episodes.
    var splitsSeasons: Set<Int> = []
    var unmatchable: Set<Int> = []
    /// Jellyfin takes the files without waiting for Shoko.
    var hiddenFromShoko: Set<Int> = []
    var hiddenFromJellyfin: Set<Int> = []
    /// Jellyfin has the items by their metadata alone.
    var staysStub: Set<Int> = []
    /// Whole paths of titles that lie elsewhere than the *arrs would put them.
    var folders: [Int: String] = [:]
    /// What the trackers want of the titles' torrents.
    var sharing: [Int: FlowTorrent.Sharing] = [:]
    var crossSeeded: Set<Int> = []
    /// How many files of others a title's torrents hold besides.
    var extraFiles: [Int: Int] = [:]
    /// The *arrs that take nothing from Seerr.
    var refusing: Set<String> = []
    /// The services that exist.
    let services: Set<String>

    init(dice: Dice, now: Int64, services: Set<String>) {
        self.dice = dice
        self.now = now
        self.services = services
    }

    /// The title with this number.
    func title(_ number: Int) -> FlowTitle { titles[number - 1] }

    /// Lets everything happen that is due by `moment`.
    mutating func run(to moment: Int64) {
        while let entry = agenda.next(by: moment) {
            now = max(now, entry.due)
            happen(entry.event)
        }
        now = max(now, moment)
    }

    /// Plans an event this many seconds from now, give or take the seeded spread.
    mutating func plan(_ event: FlowEvent, after seconds: Double, salt: Int) {
        agenda.add(event, at: now + spread(seconds, salt: salt))
    }

    /// Seconds with their spread, in ticks; the same for the same salt.
    func spread(_ seconds: Double, salt: Int) -> Int64 {
        let share =
            delays.spread == 0
            ? 0 : dice.number(salt, .flowDelay, in: -delays.spread..<(delays.spread + 1))
        return Int64(seconds * Double(Ticks.perSecond) * Double(1_000 + share) / 1_000)
    }

    /// A value of a range, the same for the same salt.
    func draw(_ range: ClosedRange<Double>, salt: Int) -> Double {
        let share = Double(dice.number(salt, .flowSize, in: 0..<1_000_001)) / 1_000_000
        return range.lowerBound + (range.upperBound - range.lowerBound) * share
    }

    private mutating func happen(_ event: FlowEvent) {
        switch event {
        case .approve(let request): approve(request)
        case .addToArr(let request): addToArr(request)
        case .search(let entry, let units): search(entry, units)
        case .metadata(let download): gotMetadata(download)
        case .stall(let download, let plan): stall(download, plan)
        case .resume(let download, let plan): resume(download, plan)
        case .finish(let download, let plan): finish(download, plan)
        case .importing(let download): startImport(download)
        case .importFile(let download, let place): importFile(download, place)
        case .shokoDetect(let path): shokoDetect(path)
        case .shokoHash(let file): shokoHash(file)
        case .shokoMatch(let file): shokoMatch(file)
        case .shokoMetadata(let file): shokoMetadata(file)
        case .monitor(let path): monitor(path)
        case .identify(let item): identify(item)
        case .itemAdded(let item, let round): itemAdded(item, round: round)
        case .seerrScan: seerrScan()
        case .air(let title, let unit): aired(title, unit)
        case .removeFiles(let paths): removeFiles(paths)
        case .scenario: scenarioStep()
        case .nextDemand: demand()
        }
    }
}
