import HTTPClient

/// Sends webhooks one after the other, each once, and keeps the list of what became of them.
actor HookSender {
    /// Sends one call; the status, or nil when nobody answered.
    typealias Send = @Sendable (OutgoingHook) async -> Int?

    /// What became of one call.
    struct Sent: Sendable {
        let number: Int
        let hook: OutgoingHook
        /// Nil when nobody answered or a fault swallowed it.
        let status: Int?
        let milliseconds: Int
    }

    private let engine: FlowEngine
    private let faults: FaultBook
    private let send: Send
    private var waiting: [OutgoingHook] = []
    private var sent: [Sent] = []
    private var count = 0
    private var tail: Task<Void, Never>?
    /// The list forgets the oldest half beyond this.
    private static let most = 10_000

    init(engine: FlowEngine, faults: FaultBook, send: @escaping Send) {
        self.engine = engine
        self.faults = faults
        self.send = send
    }

    /// Sends over the network; 5 s a call.
    static func network() -> Send {
        let transport = CurlTransport()
        return { hook in
            let request = HTTPRequest(
                hook.method, hook.url, headers: hook.headers, body: hook.body, timeout: .seconds(5),
                service: hook.service)
            do throws(UpstreamError) {
                return try await transport.send(request).status
            } catch {
                return nil
            }
        }
    }

    /// Sends everything that is due; whoever calls meanwhile waits for its end.
    func flush() async {
        let before = tail
        let task = Task {
            await before?.value
            await drain()
        }
        tail = task
        await task.value
    }

    /// Sends one call at once, faults or not: the test of a setting.
    func test(_ hook: OutgoingHook) async -> Bool { (200...299).contains(await deliver(hook) ?? 0) }

    /// What was sent since a number, oldest first.
    func json(since: Int) -> JSON {
        let rows = sent.filter { $0.number > since }.map { row -> JSON in
            [
                "number": .integer(row.number), "service": .string(row.hook.service), "event": .string(row.hook.event),
                "url": .string(String(row.hook.url.prefix { $0 != "?" })), "made": .string(ArrDate.text(row.hook.made)),
                "fault": row.hook.twist.map { .string($0) } ?? .null,
                "status": row.status.map { .integer($0) } ?? .null, "ms": .integer(row.milliseconds),
                "body": JSON(parsing: row.hook.body) ?? .null,
            ]
        }
        return ["last": .integer(count), "waiting": .integer(waiting.count), "webhooks": .array(rows)]
    }

    /// Forgets what was sent and what waits.
    func reset() {
        waiting = []
        sent = []
        count = 0
    }

    private func drain() async {
        let (made, now) = engine.takeHooks()
        for hook in made { waiting += twisted(hook, now) }
        // Stable by the moment they leave at.
        let due = waiting.enumerated().filter { $0.element.due <= now }
            .sorted { ($0.element.due, $0.offset) < ($1.element.due, $1.offset) }.map(\.element)
        waiting.removeAll { $0.due <= now }
        for hook in due { _ = await deliver(hook) }
    }

    private func deliver(_ hook: OutgoingHook) async -> Int? {
        let start = ContinuousClock.now
        let isDropped = hook.twist == Fault.Kind.dropWebhook.rawValue
        let status = isDropped ? nil : await send(hook)
        count += 1
        let milliseconds = Int((ContinuousClock.now - start) / .milliseconds(1))
        sent.append(Sent(number: count, hook: hook, status: status, milliseconds: milliseconds))
        if sent.count > Self.most { sent.removeFirst(Self.most / 2) }
        return status
    }

    // What the faults in force make of one call.
    private func twisted(_ hook: OutgoingHook, _ now: Int64) -> [OutgoingHook] {
        var hooks = [hook]
        for hit in faults.hookHits(service: hook.service, event: hook.event, now: hook.made) {
            let seconds = Int64(hit.fault.parameter("seconds", 60))
            switch hit.fault.kind {
            case .delayWebhook:
                for place in hooks.indices { hooks[place].due += seconds * Ticks.perSecond }
            case .reorderWebhook:
                let late = faults.draw(hit, in: 0..<Int(max(1, seconds)) * 10)
                for place in hooks.indices { hooks[place].due += Int64(late) * Ticks.perSecond / 10 }
            case .duplicateWebhook:
                hooks = Array(repeating: hooks, count: max(2, hit.fault.parameter("times", 2))).flatMap { $0 }
            default: break
            }
            for place in hooks.indices { hooks[place].twist = hit.fault.kind.rawValue }
            if hit.fault.kind == .dropWebhook { return [hooks[0]] }
        }
        return hooks
    }
}
