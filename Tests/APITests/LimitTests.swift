import Accounts
import Database
import HTTPServer
import Settings
import Store
import Testing

@testable import API
@testable import Database

/// Limits on callers (security.md §7).
@Suite struct LimitTests {
    private func request(
        _ path: String = "/api/requests", _ headers: [(String, String)] = [], from address: String = "192.0.2.9"
    ) -> Request {
        Request(
            "GET", path: path, segments: path.split(separator: "/").map(String.init), headers: Headers(headers),
            remoteAddress: address)
    }

    private func key(_ api: API, _ name: String) async throws -> (String, String) {
        let owner = Caller(name: "owner", role: .admin, proof: .machine)
        let (_, text) = try await api.accounts.createKey(
            name: name, scopes: ["read"], expiresAt: nil, by: owner, address: nil)
        return ("Authorization", "Bearer " + text)
    }

    @Test("after 50 refused calls a second an address is told to wait; who is let in, and others, are not")
    func refusals() async throws {
        try await TestAPI.with(isLocalOnly: false) { api in
            let good = try await key(api, "reader")
            var statuses: [Int?] = []
            for number in 0..<60 {
                var guess = request("/api/requests", [("Authorization", "Bearer guess\(number)")])
                statuses.append(await api.letIn(.user, &guess)?.status)
            }
            #expect(statuses == Array(repeating: 401, count: 50) + Array(repeating: 429, count: 10))
            var nobody = request()
            let refusal = await api.letIn(.user, &nobody)
            #expect(refusal?.status == 429 && refusal?.header("Retry-After") == "1")
            var known = request("/api/requests", [good])
            #expect(await api.letIn(.user, &known) == nil)
            var other = request(from: "192.0.2.10")
            #expect(await api.letIn(.user, &other)?.status == 401)
            // Guesses are not passed on to Jellyfin any more.
            var token = request("/api/requests", [("X-Jellyfin-Token", "guess")])
            #expect(await api.letIn(.user, &token)?.status == 429)
            var hook = Request(
                "POST", path: "/hooks/radarr", segments: ["hooks", "radarr"], remoteAddress: "192.0.2.9")
            #expect(await api.letIn(.hook, &hook)?.status == 429)
        }
    }

    @Test("MARQUEE_API_RATE counts each identity for itself, and pages not at all")
    func rate() async throws {
        try await TestAPI.with(
            isLocalOnly: false, limits: CallerLimits(rate: CallRate(count: 2, span: .seconds(60)))
        ) { api in
            let (one, two) = (try await key(api, "one"), try await key(api, "two"))
            for (headers, wanted) in [
                ([one], nil), ([one], nil), ([one], 429), ([two], nil), ([two], nil), ([two], 429),
            ] as [([(String, String)], Int?)] {
                var call = request("/api/requests", headers)
                #expect(await api.letIn(.user, &call)?.status == wanted)
            }
            for _ in 0..<5 {
                var page = request("/requests", [one])
                #expect(await api.letIn(.user, &page) == nil)
            }
            // Addresses without a login count as well.
            for wanted in [nil, nil, 429] as [Int?] {
                var open = request("/api/health")
                #expect(await api.letIn(.open, &open)?.status == wanted)
            }
        }
    }

    @Test("a full write queue answers 503 and says when to come back")
    func busy() async throws {
        try await TestAPI.with { api in
            let problem = api.problem(DatabaseError(.busy, "10000 writes are waiting"), request())
            #expect(problem.status == 503)
            #expect(problem.headers.map(\.0) == ["Retry-After"])
        }
    }

    @Test("JSON may nest 64 levels and no more", arguments: [(63, true), (64, false), (20_000, false)])
    func depth(levels: Int, isTaken: Bool) throws {
        var call = request()
        let nested = String(repeating: "[", count: levels) + String(repeating: "]", count: levels)
        call.body = Array("{\"name\":\"x\",\"deep\":\(nested)}".utf8)
        if isTaken {
            #expect(try Parameters(call).text("name") == "x")
        } else {
            #expect(throws: Problem.self) { try Parameters(call) }
        }
    }

    @Test("250 event streams of one identity and 1,000 in all; one more is told to come back later")
    func streams() async throws {
        try await TestAPI.with(isLocalOnly: false) { api in
            func caller(_ name: String) -> Request {
                var call = request("/api/events")
                call.identity = Caller(name: name, role: .user, user: name, proof: .jellyfinToken)
                return call
            }
            var held: [StreamSeats.Seat] = []
            for name in ["a", "b", "c", "d"] {
                for _ in 0..<250 { held.append(try api.seat(caller(name))) }
                let refusal = #expect(throws: Problem.self) { try api.seat(caller(name)) }
                #expect(refusal?.status == 429)
            }
            let refusal = #expect(throws: Problem.self) { try api.seat(caller("e")) }
            #expect(refusal?.status == 503 && refusal?.headers.map(\.0) == ["Retry-After"])
            held = []
            _ = try api.seat(caller("e"))
        }
    }

    @Test("bodies: 1 MiB for webhooks, 4 MiB for Sonarr's, 256 KiB for everything else")
    func bodies() async throws {
        try await TestAPI.with { api in
            for route in api.routes.table {
                let isHook = route.permission == .hook
                let wanted = !isHook ? 256 << 10 : route.pattern.contains("/sonarr") ? 4 << 20 : 1 << 20
                let isUnknown = route.pattern == "/hooks/{service}"
                #expect(route.bodyLimit == (isUnknown ? 256 << 10 : wanted), "\(route.pattern)")
            }
        }
    }
}
