import Media
import Settings
import Synchronization

/// Counts the calls of each name within windows of time, in memory that its own limit bounds.
final class CallGate: Sendable {
    private struct Window {
        var end: Timestamp
        var count: Int
    }

    private struct State {
        var windows: [String: Window] = [:]
        /// When the windows that are over are forgotten next: once in a window's time, not at every call.
        var tidyAt = Timestamp(milliseconds: 0)
    }

    private let rate: CallRate
    private let state = Mutex(State())
    /// More names than this at a time are not told apart: none is let go of for it, and memory stays bounded.
    private static let most = 50_000
    private static let others = "others"

    init(_ rate: CallRate) { self.rate = rate }

    var nameCount: Int { state.withLock { $0.windows.count } }

    /// Whole seconds until a name may call again; nil while it may.
    func wait(_ name: String, at now: Timestamp) -> Int64? {
        state.withLock { state in
            let window = state.windows[name] ?? (state.windows.count >= Self.most ? state.windows[Self.others] : nil)
            guard let window, window.end > now, window.count >= rate.count else { return nil }
            return (window.end.milliseconds - now.milliseconds + 999) / 1_000
        }
    }

    /// Counts a call.
    func note(_ name: String, at now: Timestamp) {
        state.withLock { state in
            if state.tidyAt <= now {
                state.windows = state.windows.filter { $0.value.end > now }
                state.tidyAt = now.advanced(by: rate.span)
            }
            let isKnown = state.windows[name] != nil || state.windows.count < Self.most
            let key = isKnown ? name : Self.others
            var window = state.windows[key] ?? Window(end: now, count: 0)
            if window.end <= now { window = Window(end: now.advanced(by: rate.span), count: 0) }
            window.count += 1
            state.windows[key] = window
        }
    }

    /// Counts a call that is within the rate.
    ///
    /// - Returns: whole seconds until the next may come, if this one may not; nil lets it through.
    func admit(_ name: String, at now: Timestamp) -> Int64? {
        if let wait = wait(name, at: now) { return wait }
        note(name, at: now)
        return nil
    }
}
