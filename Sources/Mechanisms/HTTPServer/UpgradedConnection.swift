import Glibc
import Lifecycle

/// The bytes of one upgraded connection, between the loop's thread and the Swift task that talks.
final class UpgradedConnection: RawConnection {
    private enum Phase: Sendable {
        /// The 101 is not out yet.
        case waiting
        case open
        /// Ends when all is written.
        case closing
        /// Ends at once.
        case dead
    }

    private struct State: Sendable {
        var phase = Phase.waiting
        var socket: Int32 = -1
        var handle: UpgradeHandle?
        var inbound: [UInt8] = []
        var outbound: [UInt8] = []
        var peerHasEnded = false
        var reader: CheckedContinuation<[UInt8]?, any Error>?
        var writers: [CheckedContinuation<Void, any Error>] = []
    }

    /// What the loop waits for next; nil: the connection is over and its handle was given back.
    struct Wish: Sendable { var reads, writes: Bool }

    let draining: ShutdownSignal
    private let loop: UpgradeLoop
    private let limit: Int
    private let state = Locked(State())

    init(loop: UpgradeLoop, limit: Int, draining: ShutdownSignal) {
        self.loop = loop
        self.limit = limit
        self.draining = draining
    }

    /// The 101 is out: the socket is ours until `step` gives it back.
    func begin(_ socket: Int32, _ handle: UpgradeHandle, early: [UInt8]) {
        let isWanted = state.withLock { state in
            guard case .dead = state.phase else {
                if case .waiting = state.phase { state.phase = .open }
                state.socket = socket
                state.handle = handle
                state.inbound = early
                return true
            }
            return false
        }
        guard isWanted, loop.add(self, socket: socket) else { return handle.close() }
    }

    func read() async throws -> [UInt8]? {
        let bytes = try await withCheckedThrowingContinuation { (reader: CheckedContinuation<[UInt8]?, any Error>) in
            let outcome: Result<[UInt8]?, any Error>? = state.withLock { state in
                if case .dead = state.phase { return .failure(PeerGone()) }
                if !state.inbound.isEmpty {
                    defer { state.inbound = [] }
                    return .success(state.inbound)
                }
                if case .closing = state.phase { return .success(nil) }
                if state.peerHasEnded { return .success(nil) }
                state.reader = reader
                return nil
            }
            if let outcome { reader.resume(with: outcome) }
        }
        loop.wake(self)  // there is room again
        return bytes
    }

    func write(_ bytes: [UInt8]) async throws {
        try await withCheckedThrowingContinuation { (writer: CheckedContinuation<Void, any Error>) in
            let outcome: Result<Void, any Error>? = state.withLock { state in
                switch state.phase {
                case .dead, .closing: return .failure(PeerGone())
                case .waiting, .open: break
                }
                state.outbound += bytes
                if state.outbound.count <= limit { return .success(()) }
                state.writers.append(writer)
                return nil
            }
            loop.wake(self)
            if let outcome { writer.resume(with: outcome) }
        }
    }

    func close() {
        let reader = state.withLock { state in
            if case .dead = state.phase { return nil as CheckedContinuation<[UInt8]?, any Error>? }
            state.phase = .closing
            defer { state.reader = nil }
            return state.reader
        }
        reader?.resume(returning: nil)
        loop.wake(self)
    }

    /// Cuts the connection: readers and writers throw `PeerGone`.
    func kill() {
        let (reader, writers) = state.withLock { state in
            state.phase = .dead
            defer { (state.reader, state.writers) = (nil, []) }
            return (state.reader, state.writers)
        }
        reader?.resume(throwing: PeerGone())
        for writer in writers { writer.resume(throwing: PeerGone()) }
        loop.wake(self)
    }

    /// Moves what can be moved without waiting, on the loop's thread.
    func step() -> Wish? {
        if !transfer() { kill() }
        let (wish, handle): (Wish?, UpgradeHandle?) = state.withLock { state in
            let isOver: Bool
            switch state.phase {
            case .dead: isOver = true
            case .closing: isOver = state.outbound.isEmpty
            case .waiting, .open: isOver = false
            }
            guard isOver else {
                return (
                    Wish(reads: state.inbound.count < limit && !state.peerHasEnded, writes: !state.outbound.isEmpty),
                    nil
                )
            }
            state.phase = .dead
            state.socket = -1
            defer { state.handle = nil }
            return (nil, state.handle)
        }
        handle?.close()
        return wish
    }

    /// Returns false when the connection broke.
    private func transfer() -> Bool {
        typealias Reader = CheckedContinuation<[UInt8]?, any Error>
        typealias Writer = CheckedContinuation<Void, any Error>
        let (isWhole, reader, bytes, writers): (Bool, Reader?, [UInt8]?, [Writer]) = state.withLock { state in
            let isWhole = Self.send(&state) && Self.receive(&state, limit)
            var writers: [Writer] = []
            if state.outbound.count <= limit / 2 { swap(&writers, &state.writers) }
            guard let reader = state.reader, !state.inbound.isEmpty || state.peerHasEnded else {
                return (isWhole, nil, nil, writers)
            }
            let bytes = state.inbound.isEmpty ? nil : state.inbound
            (state.reader, state.inbound) = (nil, [])
            return (isWhole, reader, bytes, writers)
        }
        reader?.resume(returning: bytes)
        for writer in writers { writer.resume() }
        return isWhole
    }

    private static func send(_ state: inout State) -> Bool {
        while state.socket >= 0, !state.outbound.isEmpty {
            let sent = unsafe state.outbound.withUnsafeBytes {
                unsafe Glibc.send(state.socket, $0.baseAddress, $0.count, Int32(MSG_DONTWAIT | MSG_NOSIGNAL))
            }
            if sent < 0 { return errno == EAGAIN || errno == EINTR }
            state.outbound.removeFirst(sent)
        }
        return true
    }

    private static func receive(_ state: inout State, _ limit: Int) -> Bool {
        while state.socket >= 0, !state.peerHasEnded, state.inbound.count < limit {
            let room = limit - state.inbound.count
            var failure: Int32 = 0
            var count = 0
            let piece = unsafe [UInt8](unsafeUninitializedCapacity: min(room, 16 << 10)) { buffer, filled in
                count = unsafe recv(state.socket, buffer.baseAddress, buffer.count, Int32(MSG_DONTWAIT))
                failure = errno
                filled = max(0, count)
            }
            if count < 0 { return failure == EAGAIN || failure == EINTR }
            if count == 0 { state.peerHasEnded = true }
            state.inbound += piece
        }
        return true
    }
}
