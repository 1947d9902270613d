import CCurl

/// What tasks ask of curl's thread.
enum CurlCommand: Sendable {
    case start(Transfer)
    case resume(Transfer)
    case cancel(Transfer)
}

/// The way to curl's thread: commands in order, and a nudge when it sleeps.
@safe
// proof: `multi` never changes; all but its thread use it only to wake that thread, under the lock, before it is freed
final class CurlMailbox: @unchecked Sendable {
    private struct State {
        var commands: [CurlCommand] = []
        var isClosed = false
    }

    /// Made here, used and freed by the thread.
    let multi: UnsafeMutableRawPointer
    private let state = PThreadLock(State())

    init() {
        // proof: libcurl fails to start only without memory or sockets; no input reaches it.
        guard Self.isReady, let multi = unsafe curl_multi_init() else { preconditionFailure("libcurl: out of memory") }
        unsafe self.multi = unsafe multi
    }

    /// Hands a command over; after the end a transfer is told that it is cancelled.
    func post(_ command: CurlCommand) {
        let isClosed = state.withLock { state in
            guard !state.isClosed else { return true }
            state.commands.append(command)
            // Under the lock, because `close` is followed by freeing what is woken here. It writes to a pipe, no more.
            if state.commands.count == 1 { unsafe curl_multi_wakeup(multi) }
            return false
        }
        if isClosed, case .start(let transfer) = command {
            transfer.sink.finish(transfer.request.failure(.cancelled))
        }
    }

    /// Returns all commands since the last call; nil once closed.
    func take() -> [CurlCommand]? {
        state.withLock { state in
            if state.isClosed { return nil }
            defer { state.commands = [] }
            return state.commands
        }
    }

    /// Ends the thread soon.
    func close() {
        state.withLock { state in
            guard !state.isClosed else { return }
            state.isClosed = true
            unsafe curl_multi_wakeup(multi)
        }
    }

    /// Returns what was posted and never taken, after `close`.
    func takeRest() -> [CurlCommand] {
        state.withLock { state in
            defer { state.commands = [] }
            return state.commands
        }
    }

    private static let isReady = curl_global_init(Int(CURL_GLOBAL_ALL)) == CURLE_OK
}
