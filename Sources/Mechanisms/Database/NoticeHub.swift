/// Hands notices to every stream of this process.
final class NoticeHub: Sendable {
    /// A consumer this far behind has lost its place: its stream ends, and it begins anew.
    static let buffered = 1024

    private struct State {
        var listeners: [Int: AsyncStream<String>.Continuation] = [:]
        var nextID = 0
        var isClosed = false
    }

    private let state = Locked(State())

    /// A stream of all notices from now on.
    ///
    /// - Parameter greeted: begins with the empty text that says "look at everything".
    /// - Returns: the stream; ended at once when the hub is closed.
    func stream(greeted: Bool) -> AsyncStream<String> {
        let (stream, continuation) = AsyncStream.makeStream(
            of: String.self, bufferingPolicy: .bufferingOldest(Self.buffered))
        if greeted { continuation.yield("") }
        let id: Int? = state.withLock { state in
            guard !state.isClosed else { return nil }
            state.nextID += 1
            state.listeners[state.nextID] = continuation
            return state.nextID
        }
        guard let id else {
            continuation.finish()
            return stream
        }
        continuation.onTermination = { [weak self] _ in self?.remove(id) }
        return stream
    }

    func deliver(_ payload: String) {
        let listeners = state.withLock { $0.listeners }
        for (id, listener) in listeners {
            if case .dropped = listener.yield(payload) {
                remove(id)
                listener.finish()
            }
        }
    }

    func close() {
        let listeners = state.withLock { state in
            state.isClosed = true
            defer { state.listeners = [:] }
            return state.listeners.values
        }
        for listener in listeners { listener.finish() }
    }

    private func remove(_ id: Int) { state.withLock { _ = $0.listeners.removeValue(forKey: id) } }
}
