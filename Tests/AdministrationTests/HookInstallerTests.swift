import Administration
import HTTPClient
import JSONStream
import Settings
import Synchronization
import TestSupport
import Testing

@Suite("Installing a webhook")
struct HookInstallerTests {
    /// A Radarr with one list of connections; saving delivers its Test, unless it is deaf.
    private final class FakeArr: Sendable {
        private let connections = Mutex<[(name: String, body: String)]>([])
        let heard = Mutex<[String]>([])
        let isDeaf: Bool

        init(_ first: [(name: String, body: String)] = [], isDeaf: Bool = false) {
            self.isDeaf = isDeaf
            connections.withLock { $0 = first }
        }

        var names: [String] { connections.withLock { $0.map(\.name) } }
        var bodies: [String] { connections.withLock { $0.map(\.body) } }

        private static let form = """
            {"implementation":"Webhook","onGrab":false,"fields":[{"name":"url"},{"name":"method"},\
            {"name":"headers","value":[]}]}
            """

        var transport: StubTransport {
            StubTransport { [self] request in
                switch request.operation {
                case "GET /api/v3/notification": Self.json("[\(bodies.joined(separator: ","))]")
                case "GET /api/v3/notification/schema": Self.json("[\(Self.form)]")
                case "POST /api/v3/notification": save(request, replacing: nil)
                case "PUT /api/v3/notification/1": save(request, replacing: 0)
                case "POST /api/v3/notification/test": Self.json("{}")
                default: nil
                }
            }
        }

        private func save(_ request: HTTPRequest, replacing place: Int?) -> StubTransport.Answer {
            let text = String(decoding: request.body ?? [], as: UTF8.self)
            guard let root = try? JSONTree(Array(text.utf8)).root else { return Self.json("[]", 400) }
            let headers = root["fields"].elements.first { $0["name"].text == "headers" }
            let secret = headers?["value"].elements.first?["value"].text ?? ""
            if !isDeaf { heard.withLock { $0.append(secret) } }
            let entry = (root["name"].text ?? "", place == nil ? "{\"id\":1," + text.dropFirst() : text)
            connections.withLock { list in
                if let place { list[place] = entry } else { list.append(entry) }
            }
            return Self.json("{}", 201)
        }

        private static func json(_ text: String, _ status: Int = 200) -> StubTransport.Answer {
            .response(
                HTTPResponse(status: status, headers: ["Content-Type": "application/json"], body: Array(text.utf8)))
        }
    }

    private static func order(_ service: UpstreamService = .radarr) throws -> HookOrder {
        HookOrder(
            instance: ServiceInstance(
                service: service, url: try BaseURL("http://arr.test"), credentials: .key("k")),
            base: "http://marquee.test")
    }

    private func install(
        _ arr: FakeArr, secret: String = "s3cret"
    ) async throws -> (done: HookInstallation, secrets: Int, waits: Int) {
        let (secrets, waits) = (Counter(), Counter())
        let installer = HookInstaller(arr.transport) { _ in waits.add() }
        let ear = HookInstaller.Ear {
            secrets.add()
            return secret
        } hasHeard: { wanted in
            arr.heard.withLock { $0.contains(wanted) }
        }
        return (try await installer.install(try Self.order(), ear), secrets.value, waits.value)
    }

    private final class Counter: Sendable {
        private let count = Mutex(0)
        func add() { count.withLock { $0 += 1 } }
        var value: Int { count.withLock { $0 } }
    }

    @Test("a plan asks, tells and changes nothing")
    func plan() async throws {
        let transport = FakeArr().transport
        let plan = await HookInstaller(transport).plan(try Self.order())
        #expect(plan.result == .planned && !plan.isTested)
        #expect(plan.changes.first == "Radarr gets a webhook to http://marquee.test/hooks/radarr.")
        #expect(transport.requests.allSatisfy { $0.method == "GET" })
    }

    @Test("ours is there once, however often it is installed; the newest secret counts")
    func twice() async throws {
        let arr = FakeArr()
        let first = try await install(arr, secret: "one")
        #expect(first.done.result == .installed && first.done.isTested && first.waits == 0)
        let second = try await install(arr, secret: "two")
        #expect(second.done.result == .updated && second.done.isTested)
        #expect(arr.names == ["Marquee"])
        #expect(arr.bodies[0].contains("two") && !arr.bodies[0].contains("one"))
        for sentence in second.done.changes + [second.done.sentence] { #expect(!sentence.contains("two")) }
    }

    @Test("what is not ours stays, byte for byte, and no secret is made for it")
    func foreign() async throws {
        let body = #"{"id":9,"name":"Marquee","implementation":"Discord","fields":[]}"#
        let arr = FakeArr([("Marquee", body)])
        let (done, secrets, _) = try await install(arr)
        #expect(done.result == .foreign && done.sentence.contains("stays as it is"))
        #expect(arr.bodies == [body] && secrets == 0)
    }

    @Test("a test that is never heard is waited for, fifteen seconds and no longer, and told")
    func unheard() async throws {
        let (done, _, waits) = try await install(FakeArr(isDeaf: true))
        #expect(done.result == .installed && !done.isTested && waits == 60)
        #expect(done.sentence.contains("http://marquee.test/hooks/radarr"))
    }

    @Test("a service that does not answer, or that Marquee cannot set, is told with what to do")
    func refused() async throws {
        let dead = HookInstaller(StubTransport { _ in .failure(.unreachable) })
        let plan = await dead.plan(try Self.order())
        #expect(plan.result == .refused && plan.sentence.contains("check the address"))
        let other = await HookInstaller(StubTransport([:])).plan(try Self.order(.shoko))
        #expect(other.result == .refused)
    }
}
