import Synchronization

/// Fans committed changes out to whoever listens, such as open pages.
public final class Changes: Sendable {
    private struct State {
        var nextID = 0
        var listeners: [Int: Listener] = [:]
    }

    private struct Listener {
        var topics: Set<Change.Topic>?
        var feed: AsyncStream<Change>.Continuation
    }

    private let state = Mutex(State())

    public init() {}

    /// A stream of every later change, or of those of some topics.
    ///
    /// A listener more than `limit` behind is cut off: its stream ends, and it comes back with its last event id.
    public func subscribe(to topics: Set<Change.Topic>? = nil, limit: Int = 256) -> AsyncStream<Change> {
        let (stream, continuation) = AsyncStream.makeStream(of: Change.self, bufferingPolicy: .bufferingOldest(limit))
        let id = state.withLock { state in
            state.nextID += 1
            state.listeners[state.nextID] = Listener(topics: topics, feed: continuation)
            return state.nextID
        }
        continuation.onTermination = { [weak self] _ in
            _ = self?.state.withLock { $0.listeners.removeValue(forKey: id) }
        }
        return stream
    }

    /// Tells everybody, in order; call it only after the commit.
    public func publish(_ changes: [Change]) {
        let listeners = state.withLock { Array($0.listeners.values) }
        for listener in listeners {
            for change in changes where listener.topics?.contains(change.topic) ?? true {
                if case .dropped = listener.feed.yield(change) {
                    listener.feed.finish()
                    break
                }
            }
        }
    }

    /// Those who listen to everything, as each open event stream does; parts of the program that wait for one topic are
    /// not counted.
    public var listenerCount: Int { state.withLock { $0.listeners.values.count { $0.topics == nil } } }
}
