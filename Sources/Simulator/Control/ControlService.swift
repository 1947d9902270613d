/// The control API under `/simulator` (simulator.md §7): no login, loopback only; changes apply before the reply.
struct ControlService: Sendable {
    let world: World
    let faults: FaultBook
    let log: CallLog
    let jellyfin: JellyfinService
    /// The names of the services there are.
    let services: [String]
    let hooks: HookSender
    /// Those with switches of their own.
    let controlled: [any ControlledService]

    func answer(_ call: Call) async -> Answer {
        guard Self.isLoopback(call.remoteAddress) else { return .json(["error": "loopback only"], status: 403) }
        if let answer = await flow(call) { return answer }
        switch (call.method, call.segments.first, call.segments.count) {
        case ("GET", "healthz", 1): return .json(["status": "ok"])
        case ("GET", "state", 1): return .json(state)
        case ("GET", "calls", 1):
            return .json(
                log.json(service: call.parameter("service"), since: call.parameter("since").flatMap { Int($0) } ?? 0))
        case ("GET", "titles", 1): return titles(call)
        case (_, "titles", 2), (_, "titles", 3): return title(call)
        case ("POST", "fault", 1): return addFault(call)
        case ("DELETE", "fault", 1), ("DELETE", "fault", 2):
            return .json([
                "removed": .integer(faults.remove(id: call.segments.count == 2 ? Int(call.segments[1]) ?? -1 : nil))
            ])
        case ("GET", "services", 2), ("POST", "services", 2): return service(call)
        case ("POST", "reset", 1):
            world.reset()
            for service in controlled { service.reset() }
            faults.remove()
            log.reset()
            jellyfin.accounts.reset()
            world.flow.reset()
            await hooks.reset()
            return .json(["status": "reset"])
        default: return .json(["error": "unknown control route"], status: 404)
        }
    }

    static func isLoopback(_ address: String) -> Bool {
        address.hasPrefix("127.") || address == "::1" || address.hasPrefix("::ffff:127.")
    }

    private func addFault(_ call: Call) -> Answer {
        guard let body = JSON(parsing: call.body) else { return Self.refused("the body is not JSON") }
        do {
            let fault = try Fault(body)
            guard fault.service == "*" || services.contains(fault.service) else {
                return Self.refused("service must be * or one of \(services.joined(separator: ", "))")
            }
            return .json(faults.add(fault).json, status: 201)
        } catch {
            return Self.refused(error.description)
        }
    }

    private func titles(_ call: Call) -> Answer {
        let view = world.view
        let count = view.library.titleCount
        let start = min(count, max(0, call.parameter("offset").flatMap { Int($0) } ?? 0))
        let limit = min(10_000, max(0, call.parameter("limit").flatMap { Int($0) } ?? 100))
        let end = min(count, start + limit)
        return .streamed {
            var number = start
            var isStarted = false
            return { out in
                if !isStarted { out.put(#"{"total":"#); out.number(count); out.put(#","titles":["#) }
                isStarted = true
                guard number < end else {
                    out.put("]}")
                    return false
                }
                if number > start { out.put(",") }
                TitleReport(title: view.title(number), view: view).json.write(to: &out)
                number += 1
                return true
            }
        }
    }

    private func title(_ call: Call) -> Answer {
        guard let number = Int(call.segments[1]), (0..<world.library.titleCount).contains(number) else {
            return .json(["error": "no such title"], status: 404)
        }
        switch (call.method, call.segments.count) {
        case ("GET", 2): break
        case ("POST", 3) where call.segments[2] == "mutate":
            guard let body = JSON(parsing: call.body) else { return Self.refused("the body is not JSON") }
            do {
                let mutation = try Mutation(body, services: services)
                world.mutate(number) { mutation.apply(to: &$0) }
            } catch {
                return Self.refused(error.description)
            }
        default: return .json(["error": "unknown control route"], status: 404)
        }
        let view = world.view
        return .json(TitleReport(title: view.title(number), view: view).json)
    }

    static func refused(_ why: String) -> Answer { .json(["error": .string(why)], status: 400) }
}
