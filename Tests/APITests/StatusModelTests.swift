import Accounts
import Changes
import Dashboard
import Database
import HTTPServer
import Jobs
import Media
import Shapes
import Store
import Testing

@testable import API

/// What is told of services, jobs and Marquee itself, and to whom.
@Suite("Status and health")
struct StatusModelTests {
    private static let admin = Caller(name: "admin", role: .admin, proof: .machine)
    private static let user = Caller(name: "u", role: .user, user: "u", proof: .jellyfinToken)
    private static let readonly = Caller(name: "r", role: .readonly, user: "r", proof: .jellyfinToken)

    private func request(_ caller: Caller) -> Request {
        var request = Request("GET", path: "/status")
        request.identity = caller
        return request
    }

    @Test("users are told which services answer; only who may operate learns of Marquee itself")
    func roles() async throws {
        try await TestAPI.with { api in
            let full = try await api.statusModel(request(Self.admin))
            #expect(full.own?.database == "SQLite")
            #expect(full.own?.schema.applied == Schema.migrations.count)
            #expect(full.jobs.map(\.kind) == JobModel.Kind.allCases)
            let reader = try await api.statusModel(request(Self.readonly))
            #expect(reader.own == nil && reader.warnings.isEmpty && reader.jobs.count == JobModel.Kind.allCases.count)
            let user = try await api.statusModel(request(Self.user))
            #expect(user.own == nil && user.jobs.isEmpty && user.unmatched.isEmpty && user.warnings.isEmpty)
        }
    }

    @Test("a session over plain HTTP and a full disk are warned of")
    func warnings() async throws {
        try await TestAPI.with { api in
            #expect(try await api.statusModel(request(Self.admin)).warnings.isEmpty)
            let token = String(repeating: "s", count: 64)
            try await api.store.write { tx in
                try tx.save(UserRecord(id: "a", name: "a", isAdministrator: true, isDisabled: false, at: tx.now))
                try tx.insert(
                    SessionRecord(
                        token: HookSecrets.digest(token), user: "a", key: nil,
                        formSecret: Array(repeating: 1, count: 32), at: tx.now, address: "", agent: ""))
            }
            let signedIn = try #require(try await api.accounts.caller(session: token))
            #expect(try await api.statusModel(request(signedIn)).warnings == [.plainCookie])
            api.board.setUnready(HealthBoard.diskFull)
            #expect(try await api.statusModel(request(signedIn)).warnings == [.diskFull, .plainCookie])
        }
    }

    @Test("a running job, its end, and when it runs next")
    func jobs() async throws {
        try await TestAPI.with(schedules: ["library_sync": .seconds(3_600)]) { api in
            var kinds = try await api.jobKinds(version: 1)
            #expect(kinds[0].nextAt == TestAPI.now.milliseconds, "due at once, as it has never run")
            #expect(kinds[1].nextAt == nil && kinds[0].last == nil && !kinds[0].isBusy)
            let started = try await api.store.write { tx in
                try tx.startJob(
                    NewJob(kind: "library_sync", target: "library", startedBy: "x", lane: Jobs.syncLane),
                    owner: "o",
                    lease: .seconds(60))
            }
            let job = started.id
            kinds = try await api.jobKinds(version: 2)
            #expect(kinds[0].nextAt == TestAPI.now.milliseconds + 3_600_000)
            #expect(kinds[0].running?.id == job && kinds[1].running == nil)
            #expect(kinds.map(\.isBusy) == [true, true, true], "one sync at a time")
            let listener = EventListener(topics: nil, after: nil, visibility: .all, view: "status", page: PageContext())
            let told = try await api.render(Change(id: 5, topic: .job, object: job), listener)
            for kind in JobModel.Kind.allCases {
                #expect(told?.contains("\"\(JobKindRow.elementID(kind))\":") == true)
            }
        }
    }

    @Test("health tells users only whether each service answers, admins the rest")
    func health() {
        var entry = HealthBoard.Entry(service: "radarr", instance: "4k")
        entry.isReachable = false
        entry.version = "5.1"
        entry.error = "refused at http://radarr.internal"
        let state = ServiceState(entry, outage: nil, lastRead: nil, lastHeard: nil)
        let shape = HealthShape(status: "degraded", services: [state], isDetailed: false)
        let user = String(decoding: shape.jsonBytes, as: UTF8.self)
        #expect(
            user == #"{"status":"degraded","services":[{"service":"radarr","instance":"4k","reachable":false}]}"#)
        let whole = HealthShape(status: "degraded", services: [state], isDetailed: true)
        let admin = String(decoding: whole.jsonBytes, as: UTF8.self)
        for field in ["version", "latency_ms", "last_heard", "last_polled", "last_success", "error"] {
            #expect(admin.contains("\"\(field)\":"))
        }
        let nobody = String(
            decoding: HealthShape(status: "degraded", services: nil, isDetailed: false).jsonBytes, as: UTF8.self)
        #expect(nobody == #"{"status":"degraded"}"#)
    }

    @Test("an unmatched webhook is shown with what it is about")
    func unmatched() async throws {
        try await TestAPI.with { api in
            let bodies = [
                #"{"movie":{"title":"Alien <b>"}}"#, #"{"series":{"title":"Mushishi"}}"#, #"{"subject":"Heat (1995)"}"#,
                #"{"Name":"Episode 1","SeriesName":"Lost"}"#, #"{"Name":"Up"}"#, "not json", "{}", #"{"movie":7}"#,
            ]
            try await api.store.write { tx in
                for (index, body) in bodies.enumerated() {
                    try tx.appendInbox(
                        id: Int64(index + 1), service: "radarr", instance: "default", event: "Grab",
                        body: Array(body.utf8), outcome: .unmatched, request: nil)
                }
                try tx.appendInbox(
                    id: 99, service: "radarr", instance: "default", event: "Large",
                    body: Array(#"{"subject":"Large","x":""#.utf8) + Array(repeating: 65, count: 70_000)
                        + Array(#""}"#.utf8), outcome: .unmatched, request: nil)
            }
            let model = try await api.statusModel(request(Self.admin))
            #expect(model.unmatchedTotal == 9)
            #expect(
                model.unmatched.map(\.title) == [
                    nil, nil, nil, nil, "Up", "Lost", "Heat (1995)", "Mushishi", "Alien <b>",
                ])
        }
    }

    @Test("a look at a service without a change is told to the Status page alone, and only its row is sent")
    func looks() async throws {
        try await TestAPI.with { api in
            func told(_ view: String?, changed: Bool) async throws -> String? {
                let data = "{\"service\":\"radarr\",\"instance\":\"4k\",\"reachable\":true,\"changed\":\(changed)}"
                let listener = EventListener(
                    topics: nil, after: nil, visibility: .all, view: view, page: PageContext())
                return try await api.render(Change(id: nil, topic: .health, data: data), listener)
            }
            for view in ["activity", "requests", nil] {
                let (quiet, news) = (try await told(view, changed: false), try await told(view, changed: true))
                #expect(quiet == nil && news != nil)
            }
            let shown = try await told("status", changed: false)
            #expect(shown?.contains("\"html\"") == true)
        }
        var entry = HealthBoard.Entry(service: "radarr", instance: "4k")
        let news = HealthNews(#"{"service":"radarr","instance":"4k","reachable":true,"changed":true}"#)
        #expect(news?.concerns(entry) == true)
        entry.instance = "default"
        #expect(news?.concerns(entry) == false)
        #expect(HealthNews("[]") == nil)
    }
}
