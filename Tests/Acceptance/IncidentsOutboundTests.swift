import Foundation
import HTTPServer
import Testing

/// Known incidents of other programs, replayed: what Marquee calls, and for whom (security.md §11).
@Suite(.timeLimit(.minutes(20)))
struct IncidentsOutboundTests {
    let film = Film.violet

    @Test("Tautulli CVE-2026-31804, CVE-2026-43986, Movary CVE-2026-40348: image as SSRF")
    func images() async throws {
        let trap = try await PlainListener.start()
        let film = film
        try await FakeStack.run(repeats: false) { stack in
            let own = stack.server.url
            let wrong = [
                trap.url + "/a.jpg", "http://169.254.169.254/latest/meta-data/a.jpg", "http://[fd00:ec2::254]/a.jpg",
                own + "/healthz", "file:///etc/passwd", "https://image.tmdb.org@127.0.0.1:\(trap.port)/a.jpg",
                "https://image.tmdb.org.localhost:\(trap.port)/a.jpg", "gopher://127.0.0.1:\(trap.port)/_x",
            ]
            for (number, address) in wrong.enumerated() {
                var other = film
                (other.tmdb, other.seerr) = (film.tmdb + number, film.seerr + number)
                let hook = other.seerr("MEDIA_AUTO_APPROVED", ["image": .string(address)])
                let id = try #require(try await stack.hook("jellyseerr", hook))
                #expect(try await stack.server.get("/images/poster/\(id)").status == 404, "\(address)")
                #expect(try await !stack.server.get("/request/\(id)").text.contains("/images/poster/\(id)"))
                // The client names no address either.
                let named = try await stack.server.get("/images/poster/\(id)?url=\(trap.url)/a.jpg&img=\(trap.url)")
                #expect(named.status == 404)
            }
            for path in ["/images/poster", "/images", "/image", "/pms_image_proxy", "/api/image", "/imageproxy"] {
                #expect(try await stack.server.get("\(path)?url=\(trap.url)/a.jpg&img=\(trap.url)").status == 404)
            }
        }
        #expect(trap.paths.isEmpty)
        await trap.stop()
    }

    @Test("Tautulli CVE-2026-31804, CVE-2026-43986, Movary CVE-2026-40348: a service that redirects elsewhere")
    func redirect() async throws {
        let trap = try await PlainListener.start()
        let target = trap.url + "/caught"
        let service = try await PlainListener.start(Response(302, headers: [("Location", target)]))
        let stack = try await Stack.start()
        let checked = try await stack.marquee(
            ["doctor"], ["RADARR_URL": service.url, "RADARR_API_KEY": "canary-key-1"])
        #expect(checked.output.contains("redirected to \(trap.url)"), "\(checked.output)")
        #expect(!checked.output.contains("canary-key-1"))
        #expect(!service.paths.isEmpty && trap.paths.isEmpty)
        await service.stop()
        await trap.stop()
    }

    @Test("Tautulli CVE-2026-31804, CVE-2026-43986, Movary CVE-2026-40348: addresses no service has")
    func addresses() async throws {
        let stack = try await Stack.start()
        for (url, kind) in [
            ("http://169.254.169.254", "link-local"), ("http://[::ffff:169.254.169.254]", "link-local"),
            ("http://2852039166", "link-local"), ("http://0.0.0.0:1", "unspecified"),
            ("http://[fd00:ec2::254]", "cloud metadata"), ("http://224.0.0.1", "multicast"),
        ] {
            let checked = try await stack.marquee(["doctor"], ["RADARR_URL": url])
            #expect(checked.output.contains("(\(kind)) may not be called"), "\(url): \(checked.output)")
        }
        let denied = try await stack.marquee(["doctor"], ["MARQUEE_OUTBOUND_DENY": "127.0.0.0/8"])
        #expect(denied.output.contains("127.0.0.1 (denied by configuration) may not be called"), "\(denied.output)")
        for url in ["http://user:pw@127.0.0.1", "ftp://127.0.0.1", "file:///etc/passwd"] {
            let refused = try await stack.marquee(["doctor"], ["RADARR_URL": url])
            #expect(refused.code == 3 && !refused.output.contains("pw@"), "\(refused.output)")
        }
    }

    @Test("Tautulli CVE-2026-31804, CVE-2026-43986, Movary CVE-2026-40348: Marquee never calls its own port")
    func ownPort() async throws {
        let stack = try await Stack.start()
        // Free a moment ago: its listener is gone after this line.
        let free = try MuteListener().port
        let server = try await stack.serve([
            "MARQUEE_BIND": "127.0.0.1:\(free)", "RADARR_URL": "http://127.0.0.1:\(free)",
        ])
        #expect(await eventually { server.program.log.contains("127.0.0.1 (this program itself) may not be called") })
    }

    @Test("Navidrome CVE-2026-25579: huge image size ignored, memory flat")
    func imageSize() async throws {
        let stack = try await Stack.start("films=80,series=20")
        let server = try await stack.serve()
        #expect(try await server.call("POST", "/api/admin/sync/library").status == 200)
        var known: [Int: String] = [:]
        for id in 1...40 {
            let image = try await server.get("/images/poster/\(id)")
            if image.status == 200 { known[id] = image.text }
        }
        #expect(known.count > 10)
        let before = try peakMegabytes(server.program.pid)
        for query in [
            "size=100000", "width=100000&height=100000", "maxWidth=2147483647", "w=999999999&h=999999999",
            "quality=9999",
            "format=svg", "size=-1", "scale=1e9",
        ] {
            for (id, bytes) in known.sorted(by: { $0.key < $1.key }) {
                let image = try await server.get("/images/poster/\(id)?\(query)")
                #expect(image.status == 200 && image.text == bytes, "\(query)")
            }
        }
        #expect(try peakMegabytes(server.program.pid) < before + 12)
    }
}
