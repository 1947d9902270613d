import Foundation
import HTTPClient
import Testing

/// Known incidents of other programs, replayed: files by path (security.md §11).
@Suite(.timeLimit(.minutes(20)))
struct IncidentsTraversalTests {
    /// Ways up that one program or another has followed.
    private static let ways = [
        "..%2F..%2F..%2Fetc%2Fpasswd", "%2e%2e%2f%2e%2e%2fmarquee.db", "..%5C..%5Cmarquee.db", "....%2F%2Fmarquee.db",
        "%252e%252e%252fmarquee.db", "..%c0%afmarquee.db", "%2Fetc%2Fpasswd", "C:%5Cwindows%5Cwin.ini", "1%00.png",
        "~%2F.bashrc", "1%2F..%2F..%2Fmarquee.db", "file:%2F%2F%2Fetc%2Fpasswd", "..;%2Fmarquee.db", "*", "1.tar.gz",
    ]

    @Test(
        """
        Tautulli CVE-2025-58760, CVE-2025-58761, CVE-2025-58762, CVE-2026-31831, CVE-2026-40605, CVE-2026-52835: traversal \
        in images, exports, backups
        """)
    func traversal() async throws {
        let stack = try await Stack.start()
        let server = try await stack.serve()
        let user = try await SignedIn.of(server, "user1")
        let admin = try await SignedIn.of(server, "admin")
        let made = try await server.call("POST", "/api/admin/backups", headers: admin.all)
        #expect((200...299).contains(made.status), "\(made.text)")
        let folder = stack.folder + "/data"
        func files() throws -> [String] {
            try FileManager.default.subpathsOfDirectory(atPath: folder).filter { !$0.contains(".db-") }.sorted()
        }
        let before = try files()
        for way in Self.ways {
            for (method, path) in [
                ("GET", "/images/poster/\(way)"), ("GET", "/images/artist/\(way)"), ("GET", "/assets/\(way)"),
                ("GET", "/api/jobs/\(way)/changes"), ("POST", "/api/admin/backups/\(way)/verify"),
                ("GET", "/api/admin/backups/\(way)"), ("GET", "/api/export/\(way)"), ("GET", "/\(way)"),
            ] {
                for headers in [[], user.all, admin.all] {
                    let answer = try await server.call(method, path, headers: headers)
                    #expect(
                        [400, 401, 403, 404, 405, 429].contains(answer.status), "\(method) \(path): \(answer.status)")
                    #expect(!answer.text.contains("root:") && !answer.text.contains("SQLite format"), "\(path)")
                }
            }
        }
        #expect(try files() == before)
    }

    @Test("Huntarr review: archive and backup traversal")
    func backups() async throws {
        let stack = try await Stack.start()
        let server = try await stack.serve()
        _ = try await server.call("POST", "/api/admin/sync/library")
        let made = try await stack.marquee(["backup", "create", "--json"])
        #expect(made.code == 0, "\(made.output)")
        let id = String(try #require(made.output.firstMatch(of: /"id":"([^"]+)"/)).1)
        #expect(await server.stop() == 0)
        // A manifest that names a file elsewhere is no backup.
        let manifest = stack.folder + "/data/backups/\(id)/manifest.json"
        let whole = try String(contentsOfFile: manifest, encoding: .utf8)
        let name = try #require(
            try FileManager.default.contentsOfDirectory(atPath: stack.folder + "/data/backups/\(id)")
                .first { $0 != "manifest.json" })
        let target = stack.folder + "/outside"
        try "kept".write(toFile: target, atomically: true, encoding: .utf8)
        for path in ["../../../outside", target, "../marquee.db"] {
            let forged = whole.replacing(name, with: path)
            #expect(forged != whole)
            try forged.write(toFile: manifest, atomically: true, encoding: .utf8)
            #expect(try await stack.marquee(["backup", "verify", id]).code != 0, "\(path)")
            #expect(try await stack.marquee(["backup", "restore", id]).code != 0, "\(path)")
        }
        for way in ["../\(id)", "..", "/etc", "\(id)/../\(id)", ""] {
            #expect(try await stack.marquee(["backup", "restore", way]).code != 0, "\(way)")
        }
        #expect(try String(contentsOfFile: target, encoding: .utf8) == "kept")
    }
}
