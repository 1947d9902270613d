/// Carries a body from curl's thread to the task that reads it, and holds the sender back when the task is behind.
///
/// Curl brings 16 KiB at a time. They are gathered into pieces, and a waiting reader is woken once curl has nothing more
/// for now, not for every 16 KiB.
final class BodyPipe: TransferSink {
    /// A reader takes this much at most at a time: seven of curl's blocks, below the size for which malloc goes to mmap.
    static let pieceSize = 7 * 16_384
    /// With this much waiting the transfer is paused; one read of the socket may come on top.
    static let highWater = 2 * pieceSize
    /// With no more than this waiting it goes on, before the reader runs dry.
    static let lowWater = pieceSize

    typealias HeadWaiter = CheckedContinuation<Result<Head, UpstreamError>, Never>
    typealias Reader = CheckedContinuation<Result<[UInt8]?, UpstreamError>, Never>

    struct Head: Sendable {
        let status: Int
        let headers: HTTPHeaders
    }

    private enum End {
        case good
        case bad(UpstreamError)
    }

    private struct State {
        var headWaiter: HeadWaiter?
        var reader: Reader?
        var pieces = PieceQueue(pieceSize: BodyPipe.pieceSize)
        var isPaused = false
        var end: End?

        /// What a reader gets now; nil when it has to wait.
        mutating func take() -> Result<[UInt8]?, UpstreamError>? {
            if let piece = pieces.popFirst() { return .success(piece) }
            switch end {
            case .good: return .success(nil)
            case .bad(let error): return .failure(error)
            case nil: return nil
            }
        }

        /// Whether the sender should go on; says so once.
        mutating func takeResume() -> Bool {
            guard isPaused, pieces.byteCount <= BodyPipe.lowWater else { return false }
            isPaused = false
            return true
        }
    }

    private let state = PThreadLock(State())

    // MARK: Curl's thread

    var isStream: Bool { true }

    func receiveHead(_ status: Int, _ headers: HTTPHeaders) -> UpstreamError.Reason? {
        let waiter = state.withLock { state in
            defer { state.headWaiter = nil }
            return state.headWaiter
        }
        waiter?.resume(returning: .success(Head(status: status, headers: headers)))
        return nil
    }

    func receive(_ bytes: UnsafeRawBufferPointer) -> TransferVerdict {
        state.withLock { state in
            guard state.pieces.byteCount + bytes.count <= Self.highWater || state.pieces.byteCount == 0 else {
                state.isPaused = true
                return .pause
            }
            unsafe state.pieces.append(bytes)
            return .taken
        }
    }

    func flush() {
        let ready = state.withLock { state -> (Reader, Result<[UInt8]?, UpstreamError>)? in
            guard let reader = state.reader, let piece = state.take() else { return nil }
            state.reader = nil
            return (reader, piece)
        }
        if let (reader, piece) = ready { reader.resume(returning: piece) }
    }

    func finish(_ error: UpstreamError?) {
        let waiter = state.withLock { state -> HeadWaiter? in
            guard state.end == nil else { return nil }
            state.end = error.map { .bad($0) } ?? .good
            if error?.reason == .cancelled { state.pieces.removeAll() }
            defer { state.headWaiter = nil }
            return state.headWaiter
        }
        if let waiter, let error { waiter.resume(returning: .failure(error)) }
        flush()
    }

    // MARK: The reader's task

    /// Names who waits for the head, before the transfer starts.
    func attach(_ waiter: HeadWaiter) { state.withLock { $0.headWaiter = waiter } }

    /// Gives what is there; nil when the reader has to wait.
    ///
    /// Calls `resume` when the sender should go on.
    func takeNow(resume: () -> Void) -> Result<[UInt8]?, UpstreamError>? {
        let (taken, goOn) = state.withLock { state in
            let taken = state.take()
            return (taken, state.takeResume())
        }
        if goOn { resume() }
        return taken
    }

    /// Waits for the next piece.
    func wait(_ reader: Reader, resume: () -> Void) {
        let (taken, goOn) = state.withLock { state -> (Result<[UInt8]?, UpstreamError>?, Bool) in
            precondition(state.reader == nil, "HTTPStream: two tasks read one stream")
            let taken = state.take()
            if taken == nil { state.reader = reader }
            return (taken, state.takeResume())
        }
        if goOn { resume() }
        if let taken { reader.resume(returning: taken) }
    }
}
