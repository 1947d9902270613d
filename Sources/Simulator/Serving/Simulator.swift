/// The whole simulated stack, without the network: finds the service a call is for, applies faults, keeps the log.
public final class Simulator: Sendable {
    /// The world behind all services.
    public let world: World
    let services: [any SimulatedService]
    let control: ControlService
    let hooks: HookSender
    let faults: FaultBook
    let log: CallLog
    private let clock: any Clock<Duration>

    /// Builds the stack; nothing listens yet.
    ///
    /// - Parameters:
    ///   - plan: what the library is made from.
    ///   - version: which Jellyfin is played.
    ///   - stack: which qBittorrent and Shoko are played.
    ///   - speed: of the virtual clock; 0 stands still until stepped.
    ///   - start: where that clock starts, in 100 ns since 1970; nil for 2026-01-01.
    ///   - clock: for pings, pauses and slow bodies.
    ///   - send: sends a webhook; nil for the network.
    init(
        _ plan: LibraryPlan, jellyfin version: JellyfinVersion = .v10_11, stack: StackOptions = StackOptions(),
        speed: Int = 0, start: Int64? = nil, clock: any Clock<Duration> = ContinuousClock(), send: HookSender.Send?
    ) {
        let world = World(plan, speed: speed, start: start)
        let dice = world.library.dice
        let jellyfin = JellyfinService(version: version, dice: dice)
        let engine = world.flow
        let radarrs = plan.radarrInstances.map {
            ServarrService(.radarr, instance: $0, dice: dice, engine: engine)
        }
        let services: [any SimulatedService] =
            [jellyfin] + radarrs + [
                ServarrService(.sonarr, dice: dice, engine: engine), SeerrService(dice: dice, engine: engine),
                QBittorrentService(stack, dice: dice, flow: engine),
                ShokoService(version: stack.shoko, library: world.library, flow: engine, clock: clock),
            ]
        self.world = world
        self.services = services
        self.clock = clock
        faults = FaultBook(dice: dice)
        log = CallLog()
        hooks = HookSender(engine: engine, faults: faults, send: send ?? HookSender.network())
        control = ControlService(
            world: world, faults: faults, log: log, jellyfin: jellyfin, services: services.map(\.name), hooks: hooks,
            controlled: services.compactMap { $0 as? any ControlledService })
    }

    /// Builds the stack as `init(_:jellyfin:speed:start:clock:send:)`, with webhooks over the network.
    public convenience init(
        _ plan: LibraryPlan, jellyfin version: JellyfinVersion = .v10_11, stack: StackOptions = StackOptions(),
        speed: Int = 0, start: Int64? = nil, clock: any Clock<Duration> = ContinuousClock()
    ) {
        self.init(plan, jellyfin: version, stack: stack, speed: speed, start: start, clock: clock, send: nil)
    }

    /// The service whose path a call begins with, and how many segments that path takes; the longest wins.
    func service(for segments: [String]) -> (service: any SimulatedService, depth: Int)? {
        services
            .map { (service: $0, depth: $0.name.split(separator: "/").count) }
            .filter { segments.count >= $0.depth && $0.service.name == segments[..<$0.depth].joined(separator: "/") }
            .max { $0.depth < $1.depth }
    }

    /// Answers a call whose path names the service, as on a shared port: `/radarr/api/v3/movie`.
    public func route(_ call: Call) async -> Delivery {
        if call.segments.first == "simulator" {
            var inner = call
            inner.segments.removeFirst()
            return Delivery(await control.answer(inner))
        }
        guard let (service, depth) = service(for: call.segments) else { return Delivery(Answer(404)) }
        var inner = call
        inner.segments.removeFirst(depth)
        inner.basePath = "/" + service.name
        return await deliver(inner, to: service)
    }

    /// The value of one variable of Marquee's environment; empty when there is no such variable.
    public func environment(_ name: String) -> String {
        let lines = services.flatMap { $0.environment(url: "") }
        return lines.first { $0.hasPrefix(name + "=") }.map { String($0.dropFirst(name.count + 1)) } ?? ""
    }

    /// Answers a call to one service: faults counted and applied, held calls held, the log written.
    func deliver(_ call: Call, to service: any SimulatedService) async -> Delivery {
        let start = ContinuousClock.now
        let hits = faults.hits(service: service.name, path: call.path, now: world.flow.now)
        if hits.contains(where: { $0.fault.kind == .hold }) { await faults.hold() }
        var twisted = call
        twisted.twists = hits.compactMap { $0.fault.twist(call: $0.call) }
        let isMute = call.method != "GET" && hits.contains { $0.fault.kind == .acceptOnly }
        var answer = isMute ? Answer.json([:]) : service.answer(twisted, in: world.view)
        if let test = answer.test {
            answer.test = nil
            if await hooks.test(test.hook) { test.commit() } else { answer = test.failure() }
        }
        var delivery = Delivery(answer)
        // The server's clock, so that whoever reads its times can tell how far it is off.
        delivery.answer.headers.append(("Date", HTTPDate.text(world.flow.now)))
        for hit in hits { delivery.apply(hit.fault) }
        let milliseconds = Int((ContinuousClock.now - start) / .milliseconds(1))
        log.note(
            service: service.name, call: call, status: delivery.isRefused ? 0 : delivery.answer.status,
            milliseconds: milliseconds)
        return delivery
    }

    /// Sends a body piece by piece at the pace its faults allow; returns false when it was cut.
    public func send(_ delivery: Delivery, _ write: ([UInt8]) async throws -> Void) async throws -> Bool {
        var pieces = delivery.pieces()
        while let piece = pieces.draw() {
            guard let pace = delivery.bytesPerSecond else {
                try await write(piece)
                continue
            }
            // Ten sips a second, none larger than the pace allows.
            let sip = max(1, pace / 10)
            var rest = piece[...]
            while !rest.isEmpty {
                try await write(Array(rest.prefix(sip)))
                rest = rest.dropFirst(sip)
                try await clock.sleep(for: .seconds(1) * sip / pace)
            }
        }
        return !pieces.isCut
    }

    /// Waits as long as bytes on their way to a local peer may take.
    func pauseBeforeBreak() async throws { try await clock.sleep(for: .milliseconds(50)) }
}
