import CMicroHTTPD
import Lifecycle

/// What a streamed body has written and its peer has not yet taken.
///
/// The connection is suspended while the buffer is empty, the writer while it is full.
final class StreamBuffer: BodyWriter {
    private struct State: Sendable {
        var bytes: [UInt8] = []
        var taken = 0
        var hasEnded = false
        var isDead = false
        var isSuspended = false
        var writers: [CheckedContinuation<Void, any Error>] = []

        var waiting: Int { bytes.count - taken }
    }

    let draining: ShutdownSignal
    private let handle: ConnectionHandle
    private let limit: Int
    private let state = Locked(State())

    init(_ handle: ConnectionHandle, limit: Int, draining: ShutdownSignal) {
        self.handle = handle
        self.limit = limit
        self.draining = draining
    }

    func write(_ bytes: [UInt8]) async throws {
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { writer in wait(writer, toWrite: bytes) }
        } onCancel: {
            resumeWriters(throwing: CancellationError())
        }
    }

    private func wait(_ writer: CheckedContinuation<Void, any Error>, toWrite bytes: [UInt8]) {
        let outcome: Result<Void, any Error>? = state.withLock { state in
            if state.isDead { return .failure(PeerGone()) }
            // The cancellation handler may have run before the writer is stored.
            if Task.isCancelled { return .failure(CancellationError()) }
            if bytes.isEmpty { return .success(()) }
            state.bytes.append(contentsOf: bytes)
            resumeIfSuspended(&state)
            if state.waiting <= limit { return .success(()) }
            state.writers.append(writer)
            return nil
        }
        if let outcome { writer.resume(with: outcome) }
    }

    private func resumeWriters(throwing error: any Error) {
        let writers = state.withLock { state in
            defer { state.writers = [] }
            return state.writers
        }
        for writer in writers { writer.resume(throwing: error) }
    }

    /// The body is complete.
    func end() {
        state.withLock { state in
            state.hasEnded = true
            resumeIfSuspended(&state)
        }
    }

    /// Cuts the stream: writers throw `PeerGone`, the connection is closed without a proper end.
    func kill() {
        let writers = state.withLock { state in
            state.isDead = true
            resumeIfSuspended(&state)
            defer { state.writers = [] }
            return state.writers
        }
        for writer in writers { writer.resume(throwing: PeerGone()) }
    }

    /// Fills libmicrohttpd's buffer, on the connection's thread.
    ///
    /// - Returns: how many bytes; 0 after suspending the connection; or one of the two end marks.
    func read(into target: UnsafeMutableRawBufferPointer) -> Int {
        let (count, writers): (Int, [CheckedContinuation<Void, any Error>]) = state.withLock { state in
            if state.isDead { return (CMHD_END_WITH_ERROR, []) }
            if state.waiting == 0 {
                if state.hasEnded { return (CMHD_END_OF_STREAM, []) }
                state.bytes = []  // an idle stream keeps no memory
                state.taken = 0
                state.isSuspended = true
                handle.suspend()
                return (0, [])
            }
            let count = min(state.waiting, target.count)
            let range = state.taken..<state.taken + count
            unsafe state.bytes.withUnsafeBytes { source in
                unsafe target.copyMemory(from: UnsafeRawBufferPointer(rebasing: source[range]))
            }
            state.taken += count
            compact(&state)
            guard state.waiting <= limit / 2 else { return (count, []) }
            defer { state.writers = [] }
            return (count, state.writers)
        }
        for writer in writers { writer.resume() }
        return count
    }

    /// Drops what was taken once it is the larger part, so that bytes are moved at most once on average.
    private func compact(_ state: inout State) {
        if state.waiting == 0 {
            state.bytes.removeAll(keepingCapacity: true)
            state.taken = 0
        } else if state.taken > state.waiting {
            state.bytes.removeFirst(state.taken)
            state.taken = 0
        }
    }

    private func resumeIfSuspended(_ state: inout State) {
        guard state.isSuspended else { return }
        state.isSuspended = false
        handle.resume()
    }
}
