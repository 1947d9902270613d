import Foundation
import Testing

/// Whole flows, played by the simulator at sixty times the usual speed and followed by Marquee.
@Suite(.serialized) struct TrackingFlowTests {
    private static let paces: [String: String] = {
        var paces: [String: String] = ["MARQUEE_POLL_PACK_FILES_ACTIVE": "300ms", "MARQUEE_SCAN_DELAY": "1s"]
        paces["MARQUEE_SCAN_DELAY_ANIME"] = "3s"
        for source in [
            "SEERR", "ARR_QUEUE", "ARR_HISTORY", "ARR_MISSING", "ARR_LIST", "QBITTORRENT", "SHOKO", "JELLYFIN",
            "JELLYFIN_FULL",
        ] {
            paces["MARQUEE_POLL_\(source)"] = "700ms"
            paces["MARQUEE_POLL_\(source)_ACTIVE"] = "500ms"
        }
        return paces
    }()

    private static func scenario(_ name: String) throws -> String {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        return try String(contentsOf: root.appending(path: "Scenarios/\(name).json"), encoding: .utf8)
    }

    private static func details(_ server: Server) async throws -> [TrackedDetail] {
        let list = try await server.get("/api/requests?limit=50&origin=request")
        var found: [TrackedDetail] = []
        for request in list["requests"] as? [[String: Any]] ?? [] {
            guard let id = request["id"] as? Int else { continue }
            found.append(try TrackedDetail.decoded(try await server.get("/api/requests/\(id)").text))
        }
        return found
    }

    @Test(
        "a flow ends available, every hop in its order",
        arguments: [
            "film", "tv-pack", "anime", "webhooks-lost", "webhooks-doubled", "webhooks-late", "webhooks-reordered",
            "dead-service", "tv-unaired",
        ])
    func flow(_ name: String) async throws {
        let stack = try await Stack.start("films=20,series=8", ["--plain", "--speed", "60", "--torrents", "0"])
        let server = try await stack.serve(
            Self.paces.merging(["MARQUEE_WEBHOOK_TOKEN": FakeStack.hookToken]) { _, new in new })
        let aim: JSON = ["to": .string(server.url), "secret": .string(FakeStack.hookToken)]
        #expect(try await stack.control("POST", "webhooks", aim.text).status == 200)
        let known = Set(try await Self.details(server).map(\.id))
        let scenario = try Self.scenario(name)
        let started = try await stack.control("POST", "scenario", scenario)
        #expect((200...299).contains(started.status), "\(started.text)")
        let wanted = scenario.ranges(of: "\"do\": \"request\"").count
        var seen: [Int: [String]] = [:]
        var last: [TrackedDetail] = []
        let isThere = await eventually(.seconds(180)) {
            guard let details = try? await Self.details(server) else { return false }
            last = details.filter { !known.contains($0.id) }
            for detail in last where seen[detail.id]?.last != detail.state {
                seen[detail.id, default: []].append(detail.state)
            }
            // An *arr that was dead tells its history after Jellyfin has shown the film.
            return last.count == wanted
                && last.allSatisfy { $0.state == "available" && $0.events.contains("imported") }
        }
        let summary = last.map(FakeStack.summary).joined(separator: "\n")
        #expect(isThere, "\(name): \(summary)\n\(server.program.log.suffix(1_500))")
        #expect(last.count == wanted)
        for detail in last {
            let ranks = (seen[detail.id] ?? []).compactMap { Self.order.firstIndex(of: $0) }
            let hops = detail.timeline.map { "\($0.at) \($0.service) \($0.event)" }
            #expect(
                ranks == ranks.sorted() || name == "tv-unaired", "\(name) went back: \(seen[detail.id] ?? []); \(hops)")
            Self.check(detail, name)
        }
        #expect(await server.stop() == 0)
    }

    private static let order = [
        "requested", "approved", "indexed", "downloading", "download_done", "importing", "anime_matching",
        "syncing_library", "available",
    ]

    private static func check(_ detail: TrackedDetail, _ name: String) {
        let summary = Comment(rawValue: FakeStack.summary(detail))
        #expect(detail.jellyfinId != nil)
        #expect(detail.attention == nil)
        #expect(detail.events.contains("grabbed"), summary)
        #expect(detail.events.contains("imported"), summary)
        #expect(detail.timeline.map(\.at) == detail.timeline.map(\.at).sorted(), "\(detail.timeline.map(\.at))")
        #expect(detail.timeline.allSatisfy { $0.text.firstMatch(of: /\b0 B\b/) == nil })
        // Only what was lost on its way, or held up, may come late.
        if ["film", "tv-pack", "anime", "webhooks-doubled", "tv-unaired"].contains(name) {
            let late = detail.timeline.filter(\.late).map { "\($0.at) \($0.service) \($0.event)" }
            #expect(late.isEmpty, "\(late) of \(detail.timeline.map { "\($0.at) \($0.event)" })")
        }
        if name == "anime" { #expect(detail.isAnime == true) }
        if detail.mediaType == "tv" { #expect(detail.episodesAvailable == detail.episodesAired) }
    }
}
