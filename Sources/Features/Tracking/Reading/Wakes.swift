import Synchronization

/// Tells readers that something happened at their service: each is woken once, a little later, however often it is told.
public final class Wakes: Sendable {
    private struct State {
        var next = 0
        var listeners: [Int: (service: String, continuation: AsyncStream<Void>.Continuation)] = [:]
        var learned: Set<String> = []
        var titles: [String: Set<Int64>] = [:]
    }

    private let state = Mutex(State())

    public init() {}

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

    /// A webhook or a stream's record came from this instance.
    func heard(from service: String, instance: String) {
        let full = instance == "default" ? service : "\(service)/\(instance)"
        wake { $0 == full }
    }

    /// Somebody asks for a read of this kind now.
    func wake(_ names: String...) { wake { names.contains($0) } }

    /// Requests are known by these ids from now on: whoever lists them should look again.
    func tell(_ learned: Learned) {
        if !learned.downloads.isEmpty {
            state.withLock { $0.learned.formUnion(learned.downloads) }
            wake { $0 == "qbittorrent" || $0.hasPrefix("qbittorrent/") }
        }
        for (instance, titles) in learned.titles {
            state.withLock { $0.titles[instance, default: []].formUnion(titles) }
            wake { $0 == instance }
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
