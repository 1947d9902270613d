import Foundation
import Simulator

/// The client's end of a WebSocket, without a network: what it says, and what it has been told.
actor FakePeer: SocketPeer {
    private var said: [[UInt8]] = []
    private var listener: CheckedContinuation<[UInt8]?, Never>?
    private(set) var messages: [String] = []
    private(set) var closing: SocketClosing?
    private(set) var isOver = false
    private var waiters:
        [(isEnough: @Sendable ([String], Bool) -> Bool, continuation: CheckedContinuation<Void, Never>)] = []

    // MARK: The server's view

    func next() async -> [UInt8]? {
        if !said.isEmpty { return said.removeFirst() }
        if isOver { return nil }
        return await withCheckedContinuation { listener = $0 }
    }

    func send(_ text: [UInt8]) -> Bool {
        guard !isOver else { return false }
        messages.append(String(decoding: text, as: UTF8.self))
        wake()
        return true
    }

    func close(_ code: SocketClosing) {
        closing = closing ?? code
        cut()
    }

    func cut() {
        isOver = true
        listener?.resume(returning: nil)
        listener = nil
        wake()
    }

    // MARK: The test's view

    func say(_ text: String) {
        guard let waiting = listener else { return said.append(Array(text.utf8)) }
        listener = nil
        waiting.resume(returning: Array(text.utf8))
    }

    /// Everything told so far, put together and taken apart at 0x1E.
    nonisolated var records: [[String: Any]] { get async { Self.records(await messages) } }

    /// Waits until there are this many records, or the end.
    nonisolated func records(_ count: Int) async -> [[String: Any]] {
        await wait { messages, isOver in isOver || Self.records(messages).count >= count }
        return await records
    }

    /// Waits for an invocation of this target, or the end.
    func heard(_ target: String, times: Int = 1) async {
        await wait { messages, isOver in
            isOver || Self.records(messages).count { $0.text("target") == target } >= times
        }
    }

    func waitForEnd() async { await wait { _, isOver in isOver } }

    private func wait(_ isEnough: @escaping @Sendable ([String], Bool) -> Bool) async {
        if isEnough(messages, isOver) { return }
        await withCheckedContinuation { waiters.append((isEnough, $0)) }
    }

    private func wake() {
        let ready = waiters.filter { $0.isEnough(messages, isOver) }
        waiters.removeAll { $0.isEnough(messages, isOver) }
        for waiter in ready { waiter.continuation.resume() }
    }

    private static func records(_ messages: [String]) -> [[String: Any]] {
        messages.joined().split(separator: "\u{1E}").compactMap {
            (try? JSONSerialization.jsonObject(with: Data($0.utf8))) as? [String: Any]
        }
    }
}

/// A clock that lets a second pass in a few milliseconds.
struct FastClock: Clock {
    let factor: Int

    var now: ContinuousClock.Instant { .now }
    var minimumResolution: Duration { .zero }

    func sleep(until deadline: ContinuousClock.Instant, tolerance: Duration?) async throws {
        try await ContinuousClock().sleep(for: max(.zero, (deadline - now) / factor))
    }
}
