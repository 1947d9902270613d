import Database
import Foundation
import HTTPClient
import Store
import Testing

@Suite(.timeLimit(.minutes(20)))
struct BackupTests {
    @Test("a backup brings the state back, and says when it is damaged")
    func roundTrip() async throws {
        let stack = try await Stack.start()
        let server = try await stack.serve()
        _ = try await server.call("POST", "/api/admin/sync/library")
        let count = try await server.requestCount()
        let made = try await stack.marquee(["backup", "create", "--json"])
        #expect(made.code == 0, "\(made.output)")
        let id = try #require(made.output.firstMatch(of: /"id":"([^"]+)"/)).1
        #expect(try await stack.marquee(["backup", "verify", String(id)]).code == 0)
        let refused = try await stack.marquee(["backup", "restore", String(id)])
        #expect(refused.code == 3)
        #expect(refused.output.contains("running"))

        #expect(try await server.call("POST", "/api/jobs/1/undo").status == 200)
        #expect(try await server.requestCount() == 0)
        #expect(await server.stop() == 0)
        let restored = try await stack.marquee(["backup", "restore", String(id)])
        #expect(restored.code == 0, "\(restored.output)")
        let again = try await stack.serve()
        #expect(try await again.requestCount() == count)

        let file = stack.folder + "/data/backups/\(id)"
        let name = try #require(
            try FileManager.default.contentsOfDirectory(atPath: file).first { $0 != "manifest.json" })
        var bytes = try Data(contentsOf: URL(filePath: file + "/" + name))
        bytes[bytes.count / 2] ^= 0xff
        try bytes.write(to: URL(filePath: file + "/" + name))
        #expect(try await stack.marquee(["backup", "verify", String(id)]).code == 1)
        #expect(try await again.get("/api/admin/backups").text.contains("\"id\":\"\(id)\""))
        #expect(try await again.call("POST", "/api/admin/backups/..%2F..%2Fetc/verify").status == 404)
    }

    @Test("the page makes a backup, lists it and checks it, without script")
    func page() async throws {
        let stack = try await Stack.start()
        let server = try await stack.serve()
        #expect(try await server.get("/settings/backups").text.contains("No backups yet"))
        let form = [("Content-Type", "application/x-www-form-urlencoded")]
        let made = try await server.call("POST", "/settings/backups", body: "", headers: form)
        #expect(made.status == 303, "\(made.text)")
        let place = try #require(made.headers["Location"])
        let id = try #require(place.split(separator: "=").last.map(String.init))
        let page = try await server.get(place)
        #expect(page.text.contains("The backup \(id) is made."), "\(page.text.prefix(2_000))")
        let sound = try await server.call("POST", "/settings/backups/\(id)/verify", body: "", headers: form)
        #expect(sound.text.contains("\(id) is sound"))
        let manifest = stack.folder + "/data/backups/\(id)/manifest.json"
        try "{}".write(toFile: manifest, atomically: true, encoding: .utf8)
        let damaged = try await server.call("POST", "/settings/backups/\(id)/verify", body: "", headers: form)
        #expect(damaged.text.contains("\(id) cannot be restored") || damaged.status == 404, "\(damaged.status)")
        #expect(!damaged.text.contains("is sound"))
        let unknown = try await server.call("POST", "/settings/backups/nothing/verify", body: "", headers: form)
        #expect(unknown.status == 404)
    }

    @Test("a database of a newer version is refused and left as it is")
    func newerSchema() async throws {
        let stack = try await Stack.start()
        let server = try await stack.serve()
        #expect(await server.stop() == 0)
        let database = try await Database.open(.sqlite(path: stack.folder + "/data/marquee.db"))
        _ = try await database.migrate(
            Schema.migrations + [Migration("9999-from-the-future", "CREATE TABLE later(id {id})")])
        await database.close()
        let refused = try await stack.marquee(["serve"])
        #expect(refused.code == 3, "\(refused.output)")
        #expect(refused.output.contains("schema"), "\(refused.output)")
        #expect(try await stack.marquee(["doctor"]).code == 3)
    }
}
