// Clock, steps, scenarios, webhooks: what moves.
extension ControlService {
    /// Answers what concerns the flow; nil for anything else.
    func flow(_ call: Call) async -> Answer? {
        switch (call.method, call.segments) {
        case ("GET", ["clock"]): return .json(clock)
        case ("POST", ["clock"]): return await setClock(call)
        case ("POST", ["step"]): return await step(call)
        case ("GET", ["scenario"]): return .json(world.flow.with { $0.run?.json ?? .null })
        case ("POST", ["scenario"]): return await begin(call)
        case ("GET", ["webhooks"]):
            await hooks.flush()
            return .json(await hooks.json(since: call.parameter("since").flatMap { Int($0) } ?? 0))
        case ("POST", ["webhooks"]): return aim(call)
        case ("GET", ["flow"]): return .json(world.flow.with { FlowReport(state: $0).json })
        default: return nil
        }
    }

    var clock: JSON {
        let flow = world.flow
        return [
            "now": .string(ArrDate.text(flow.now)), "speed": .integer(flow.speed),
            "next": flow.with { $0.agenda.nextDue.map { .string(ArrDate.text($0)) } ?? .null },
        ]
    }

    private func setClock(_ call: Call) async -> Answer {
        guard let body = JSON(parsing: call.body) else { return Self.refused("the body is not JSON") }
        do throws(OptionError) {
            if body["pause"]?.isTrue ?? false { world.flow.run(at: 0) }
            if let speed = body["speed"] {
                guard let speed = speed.int, VirtualClock.speeds.contains(speed) else {
                    throw OptionError("speed must be a whole number from 0 to 10000")
                }
                world.flow.run(at: speed)
            }
            if let advance = body["advance"] {
                world.flow.advance(by: Double(try Span.ticks(advance)) / Double(Ticks.perSecond))
            }
        } catch {
            return Self.refused(error.description)
        }
        await hooks.flush()
        return .json(clock)
    }

    // With `do`: that step now. Without: on to the next planned moment.
    private func step(_ call: Call) async -> Answer {
        let body = call.body.isEmpty ? JSON.object([]) : JSON(parsing: call.body) ?? .null
        guard case .object = body else { return Self.refused("the body is not a JSON object") }
        if body["do"] != nil {
            do {
                let step = try ScenarioStep(body)
                if let problem = world.flow.with({ $0.perform(step) }) {
                    return .json(["error": .string(problem)], status: 409)
                }
            } catch {
                return Self.refused(error.description)
            }
        } else {
            world.flow.stepOn()
        }
        await hooks.flush()
        return .json(clock.with("title", number: world.flow.with { $0.named.last }))
    }

    private func begin(_ call: Call) async -> Answer {
        do {
            let scenario = try Scenario(parsing: call.body)
            try world.flow.begin(scenario, faults: faults)
        } catch {
            return Self.refused(error.description)
        }
        await hooks.flush()
        return .json(world.flow.with { $0.run?.json ?? .null }, status: 201)
    }

    // `{"to": "http://…", "secret": "…"}`: every service's webhooks go to Marquee.
    private func aim(_ call: Call) -> Answer {
        guard let body = JSON(parsing: call.body), let url = body["to"]?.text, url.hasPrefix("http") else {
            return Self.refused("to must be a URL")
        }
        world.flow.sendHooks(to: url, secret: body["secret"]?.text)
        return .json(["to": .string(url)])
    }
}

extension FlowEngine {
    /// Begins a scenario now, its faults with it.
    ///
    /// - Throws: `OptionError` for a fault that is none.
    func begin(_ scenario: Scenario, faults: FaultBook) throws(OptionError) {
        for fault in try scenario.faults(from: now) { _ = faults.add(fault) }
        if let speed = scenario.speed { run(at: speed) }
        with { $0.begin(scenario) }
    }

    /// On to the next planned moment.
    func stepOn() {
        guard let due = with({ $0.agenda.nextDue }) else { return }
        advance(by: max(0, Double(due - now) / Double(Ticks.perSecond)))
    }

    /// Asks for things now and then from now on.
    func live() { with { state in state.agenda.add(.nextDemand, at: state.now + 2 * Ticks.perSecond) } }

    /// Points every service's webhooks at Marquee's `/hooks/…`, by the settings the services have for it.
    func sendHooks(to url: String, secret: String?) {
        let base = url.hasSuffix("/") ? String(url.dropLast()) : url
        let headers = secret.map { [("X-Marquee-Token", $0)] } ?? []
        let arrs = services.sorted()
        with { state in
            state.seerrHook = SeerrHook(
                isEnabled: true, types: SeerrTemplate.numbers.values.reduce(0, +), url: "\(base)/hooks/jellyseerr",
                authorization: secret)
            state.jellyfinHooks = [PlainHook(url: "\(base)/hooks/jellyfin", headers: headers)]
            state.finishHooks = [PlainHook(url: "\(base)/hooks/qbittorrent", headers: headers)]
            state.notifications.removeAll { $0.json["name"]?.text == "marquee-simulator" }
            for service in arrs {
                state.notifications.append(ArrNotification.marquee(service, "\(base)/hooks/\(service)", secret))
            }
        }
    }
}

extension ArrNotification {
    /// A connection that tells Marquee everything.
    static func marquee(_ service: String, _ url: String, _ secret: String?) -> ArrNotification {
        var json: JSON = [
            "name": "marquee-simulator", "implementation": "Webhook", "configContract": "WebhookSettings", "tags": [],
            "id": 999,
        ]
        for toggle in [
            "onGrab", "onDownload", "onUpgrade", "onImportComplete", "onRename", "onSeriesAdd", "onSeriesDelete",
            "onEpisodeFileDelete", "onEpisodeFileDeleteForUpgrade", "onManualInteractionRequired", "onMovieAdded",
            "onMovieDelete", "onMovieFileDelete", "onMovieFileDeleteForUpgrade",
        ] { json = json.with(toggle, true) }
        let headers: JSON = secret.map { [["key": "X-Marquee-Token", "value": .string($0)]] } ?? []
        json = json.with(
            "fields",
            [
                ["name": "url", "value": .string(url)], ["name": "method", "value": 1],
                ["name": "headers", "value": headers],
            ])
        return ArrNotification(id: 999, service: service, json: json)
    }
}
