import HTTPClient
import Lifecycle
public import Media
public import SignalR
public import WebSocket

/// The live events of one Shoko server, as facts.
///
/// Nothing is replayed after a reconnect: the caller lists again each time it is told.
public final class ShokoStream: Sendable {
    /// Folders are asked for again at most this often when an event names an unknown one.
    private static let folderPause = Duration.seconds(30)

    private struct Folders: Sendable {
        var paths: [Int64: String] = [:]
        var readAt: Timestamp?
    }

    private let shoko: Shoko
    private let now: @Sendable () -> Timestamp
    private let link: SignalRConnection
    private let folders = Locked(Folders())

    /// Makes a stream that is not open yet; `now` gives the time of receipt.
    public init(
        _ shoko: Shoko, client: WebSocketClient, clock: any Clock<Duration> = ContinuousClock(),
        now: @escaping @Sendable () -> Timestamp
    ) {
        self.shoko = shoko
        self.now = now
        link = SignalRConnection(client: client, clock: clock) { () async throws(UpstreamError) in
            try await shoko.streamRequest()
        }
    }

    /// How the link stands now.
    public var state: SignalRState { link.state }

    /// Keeps the stream up until the task is cancelled.
    ///
    /// The closures run one at a time; events wait meanwhile.
    /// - Parameters:
    ///   - onConnected: the stream is open, for the first time or again, and what happened before is unknown.
    ///   - onFacts: one or more observations, or none with a hint that a check is worth while.
    public func run(
        onConnected: () async -> Void, onFacts: (_ facts: [Observation], _ hastensCheck: Bool) async -> Void
    ) async {
        await link.run {
            await readFolders()
            await onConnected()
        } onInvocation: { call in
            let event = await read(call)
            var facts = event.observations
            for fact in event.unconfirmed { facts += await confirm(fact) }
            if !facts.isEmpty || event.hastensCheck { await onFacts(facts, event.hastensCheck) }
        }
    }

    private func read(_ call: SignalRInvocation) async -> ShokoEvent {
        let event = interpret(call)
        guard event.unknownFolder != nil, isFolderReadDue else { return event }
        await readFolders()
        return interpret(call)
    }

    private func interpret(_ call: SignalRInvocation) -> ShokoEvent {
        ShokoEvent.read(
            target: call.target, record: call.json, instance: shoko.instance, receivedAt: now(),
            folders: folders.withLock { $0.paths })
    }

    private var isFolderReadDue: Bool {
        folders.withLock { $0.readAt.map { $0.advanced(by: Self.folderPause) <= now() } ?? true }
    }

    /// Asks the server; what it said last stands while it does not answer.
    private func readFolders() async {
        let time = now()
        let paths = try? await shoko.folders()
        folders.withLock { folders in
            folders.readAt = time
            if let paths { folders.paths = paths }
        }
    }

    /// Looks at the file itself: without cross references the fact holds, with some it is a match after all.
    ///
    /// A file that cannot be read is left to the next listing.
    private func confirm(_ fact: Observation) async -> [Observation] {
        guard let id = fact.keys.shokoFile, let file = try? await shoko.file(id) else { return [] }
        let paths = folders.withLock { $0.paths }
        let found = file.observation(instance: shoko.instance, channel: .stream, at: now(), folders: paths)
        if found.fact == .fileMatched { return [found] }
        // Only an empty list says that there are none; an answer without the list says nothing.
        guard file.references != nil else { return [] }
        var confirmed = fact
        confirmed.keys.path = fact.keys.path ?? found.keys.path
        confirmed.details[.path] = confirmed.keys.path
        return [confirmed]
    }
}

extension Shoko {
    /// The hub's address with the feeds of the server's version.
    ///
    /// The key is tried first: a call renews one that a login gave, which a WebSocket cannot.
    func streamRequest() async throws(UpstreamError) -> HTTPRequest {
        let status = try await identify()
        let feeds = status.generation == .v6 ? "file,release,metadata,managedfolder" : "shoko,queue"
        return try await request(["signalr", "aggregate"], [("feeds", feeds)])
    }
}
