import Synchronization

/// Tells readers that something happened at their service: each is woken once, a little later, however often it is told.
public final class Wakes: Sendable {
    private struct State {
        var next = 0
        var listeners: [Int: (service: String, continuation: AsyncStream<Void>.Continuation)] = [:]
        var learned: Set<String> = []
        var titles: [String: Set<Int64>] = [:]
        /// Whether another replica reads.
        var isElsewhere = false
        /// Calls to pass on to it.
        var outgoing: Set<WakeCall> = []
    }

    private let state = Mutex(State())
    /// Yields when there is something to pass on.
    let outgoing: AsyncStream<Void>
    private let signal: AsyncStream<Void>.Continuation

    public init() {
        (outgoing, signal) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
    }

    /// A stream that yields when this service (or `service/instance`) was heard; several tellings are one.
    func stream(for service: String) -> AsyncStream<Void> {
        let (stream, continuation) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
        let id = state.withLock { state in
            state.next += 1
            state.listeners[state.next] = (service, continuation)
            return state.next
        }
        continuation.onTermination = { [weak self] _ in
            _ = self?.state.withLock { $0.listeners.removeValue(forKey: id) }
        }
        return stream
    }

    /// Whether another replica reads: then calls are kept for it.
    func setElsewhere(_ isElsewhere: Bool) { state.withLock { $0.isElsewhere = isElsewhere } }

    /// Takes what was called since the last time, for the replica that reads.
    func takeOutgoing() -> Set<WakeCall> {
        state.withLock { state in
            defer { state.outgoing = [] }
            return state.outgoing
        }
    }

    /// A webhook or a stream's record came from this instance.
    func heard(from service: String, instance: String) {
        place([.read(instance == "default" ? service : "\(service)/\(instance)")])
    }

    /// Somebody asks for a read of this kind now.
    func wake(_ names: String...) { place(names.map { .read($0) }) }

    /// Requests are known by these ids from now on: whoever lists them should look again.
    func tell(_ learned: Learned) {
        let titles = learned.titles.flatMap { instance, ids in ids.map { WakeCall.title(instance, $0) } }
        place(learned.downloads.map { .download($0) } + titles)
    }

    private func place(_ calls: [WakeCall]) {
        if calls.isEmpty { return }
        let isElsewhere = state.withLock { state in
            if state.isElsewhere { state.outgoing.formUnion(calls) }
            return state.isElsewhere
        }
        if isElsewhere { signal.yield() } else { take(calls) }
    }

    /// Follows calls in this process, which reads.
    func take(_ calls: [WakeCall]) {
        for call in calls {
            switch call {
            case .read(let name): wake { $0 == name }
            case .download(let id):
                state.withLock { _ = $0.learned.insert(id) }
                wake { $0 == "qbittorrent" || $0.hasPrefix("qbittorrent/") }
            case .title(let instance, let id):
                state.withLock { _ = $0.titles[instance, default: []].insert(id) }
                wake { $0 == instance }
            }
        }
    }

    /// Takes the titles of an *arr's instance that were learned since the last call.
    func takeTitles(of instance: String) -> Set<Int64> {
        state.withLock { $0.titles.removeValue(forKey: instance) ?? [] }
    }

    /// Takes the downloads that were learned since the last call.
    func takeLearned() -> Set<String> {
        state.withLock { state in
            defer { state.learned = [] }
            return state.learned
        }
    }

    private func wake(_ isMeant: (String) -> Bool) {
        let listeners = state.withLock { state in
            state.listeners.values.filter { isMeant($0.service) }.map(\.continuation)
        }
        for listener in listeners { listener.yield() }
    }
}
