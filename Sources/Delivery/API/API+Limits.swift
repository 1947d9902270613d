import Accounts
import HTTPServer

/// Who is let in, and how often (security.md §7).
extension API {
    /// As `admit`, with the limits on refused calls and on calls at all.
    func letIn(_ permission: Permission, _ request: inout Request) async -> Response? {
        let address = access.forwarding.client(request)
        if request.headers["X-Jellyfin-Token"] != nil, let wait = refusals.wait(address, at: now()) {
            return tooMany(wait, request)  // nobody makes us ask Jellyfin about guesses without end
        }
        guard let refusal = await admit(permission, &request) else { return rated(request, address) }
        return counted(refusal, request, address)
    }

    /// A refusal, or, for an address that was refused too often, the wait.
    func counted(_ refusal: Response, _ request: Request, _ address: String) -> Response {
        guard refusal.status == 401 else { return refusal }
        return refusals.admit(address, at: now()).map { tooMany($0, request) } ?? refusal
    }

    /// The wait, where `MARQUEE_API_RATE` is set and this identity has made its calls.
    private func rated(_ request: Request, _ address: String) -> Response? {
        guard let rateGate, ["api", "hooks"].contains(request.segments.first) else { return nil }
        let sender = request.segments.first == "hooks" ? "sender " + request.segments.joined(separator: "/") : nil
        let identity = request.caller?.identity ?? sender ?? "address " + address
        return rateGate.admit(identity, at: now()).map { tooMany($0, request) }
    }

    private func tooMany(_ wait: Int64, _ request: Request) -> Response {
        var problem = Problem(429, "too_many_calls", "Too many calls: the next is possible in \(wait) s.")
        problem.headers = [("Retry-After", String(wait))]
        return answer(problem, request)
    }

    /// A place for one more event stream.
    func seat(_ request: Request) throws -> StreamSeats.Seat {
        do throws(StreamSeats.Full) {
            return try seats.take(request.caller?.identity ?? "address " + access.forwarding.client(request))
        } catch {
            var problem: Problem
            switch error {
            case .identity:
                problem = Problem(429, "too_many_streams", "You have \(limits.streamsPerIdentity) event streams open.")
            case .all: problem = Problem(503, "too_many_streams", "All \(limits.streams) event streams are taken.")
            }
            problem.headers = [("Retry-After", "30")]
            throw problem
        }
    }
}

extension Caller {
    /// What counts as one and the same caller: the user behind every session, else what was shown.
    var identity: String {
        if let user { return "user " + user }
        switch proof {
        case .machine: return "machine " + name
        case .key, .jellyfinToken: return "key " + name
        case .session(let session): return "session \(session.id)"
        }
    }
}
