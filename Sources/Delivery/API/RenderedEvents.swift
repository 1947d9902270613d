import Changes
import Dashboard
import Media
import Store
import Synchronization

/// Events as sent, each rendered once and shared by every listener who would be sent the same.
final class RenderedEvents: Sendable {
    /// What makes two listeners equal.
    struct Key: Hashable, Sendable {
        var change: Change
        /// Tells apart news without an id, such as progress.
        var moment: Int64
        var view: String?
        var theme: PageContext.Theme
        var language: String
        var mayOperate: Bool
        var mayVerify: Bool
        var maySeeJobs: Bool
        /// Counts differ by it.
        var visibility: Visibility
    }

    private struct State {
        var held: [Key: Task<String?, any Error>] = [:]
        var order: [Key] = []
    }

    private let state = Mutex(State())
    private let limit: Int

    init(limit: Int = 256) { self.limit = limit }

    /// The event's data; `make` is asked by the first who wants it, and the others wait for that.
    func data(
        for key: Key, _ make: @escaping @Sendable () async throws -> String?
    ) async throws -> String? {
        let task = state.withLock { state in
            if let task = state.held[key] { return task }
            let task = Task { try await make() }
            state.held[key] = task
            state.order.append(key)
            if state.order.count > limit {
                for old in state.order.prefix(limit / 2) { state.held[old] = nil }
                state.order.removeFirst(limit / 2)
            }
            return task
        }
        do {
            return try await task.value
        } catch {
            // What failed is tried again for the next who asks.
            state.withLock { $0.held[key] = nil }
            throw error
        }
    }
}

/// Lets progress of one request through at most once a second.
struct ProgressGate {
    private var last: [Int64: Timestamp] = [:]

    /// Whether the listener is told; stages and everything else that is kept always are.
    mutating func admits(_ change: Change, at now: Timestamp) -> Bool {
        guard change.id == nil, change.topic == .request, let request = change.object else { return true }
        if let held = last[request], held <= now, now < held.advanced(by: .seconds(1)) { return false }
        if last.count > 1_000 { last.removeAll() }
        last[request] = now
        return true
    }
}
