import HTTPClient
import JSONStream
import Synchronization
import TestSupport

/// A fake Jellyfin with fake *arrs behind a stub transport: what they hold changes between and during runs.
final class FakeStack: Sendable {
    struct Content: Sendable {
        var items: [FakeItem] = []
        /// Entries by host: `radarr.test`, `radarr-4k.test`, `sonarr.test`.
        var entries: [String: [FakeEntry]] = [:]
        /// Tags by host, and the titles that carry each.
        var tags: [String: [(id: Int64, label: String, titles: [Int64])]] = [:]
        /// Hosts that do not answer.
        var down: Set<String> = []
        /// Decides about single calls before anything else: for faults in the middle of a listing.
        var fault: (@Sendable (_ request: HTTPRequest, _ call: Int) -> StubTransport.Answer?)?
        /// Called for every request, before it is answered.
        var onCall: (@Sendable (HTTPRequest) -> Void)?
        var calls = 0
        /// Added to the total that Jellyfin claims.
        var totalOff: Int64 = 0
    }

    private let content = Mutex(Content())
    private let stub = Mutex<StubTransport?>(nil)

    var transport: StubTransport {
        stub.withLock { held in
            if let held { return held }
            let made = StubTransport(pieceSize: 700) { [weak self] request in self?.answer(request) }
            held = made
            return made
        }
    }

    func change(_ body: (inout sending Content) -> Void) { content.withLock { body(&$0) } }

    var requests: [HTTPRequest] { transport.requests }

    private func answer(_ request: HTTPRequest) -> StubTransport.Answer? {
        let snapshot = content.withLock { content in
            content.calls += 1
            return content
        }
        snapshot.onCall?(request)
        if let answer = snapshot.fault?(request, snapshot.calls) { return answer }
        let (host, path, query) = Self.parts(request.url)
        if snapshot.down.contains(host) { return .failure(.unreachable) }
        switch path {
        case "/Items": return .response(Self.json { Self.page(snapshot, query, &$0) })
        case "/api/v3/movie", "/api/v3/series":
            return .response(Self.json { Self.list(snapshot.entries[host] ?? [], path.hasSuffix("movie"), &$0) })
        case "/api/v3/tag":
            return .response(
                Self.json { writer in
                    writer.array { writer in
                        for tag in snapshot.tags[host] ?? [] {
                            writer.object { writer in
                                writer.field("id", tag.id)
                                writer.field("label", tag.label)
                            }
                        }
                    }
                })
        default:
            guard let id = path.split(separator: "/").last.flatMap({ Int64($0) }), path.hasPrefix("/api/v3/tag/detail/")
            else { return nil }
            let titles = (snapshot.tags[host] ?? []).first { $0.id == id }?.titles ?? []
            return .response(Self.json { Self.detail(id, titles, isMovie: host.hasPrefix("radarr"), &$0) })
        }
    }

    private static func detail(_ id: Int64, _ titles: [Int64], isMovie: Bool, _ writer: inout JSONWriter) {
        writer.object { writer in
            writer.field("id", id)
            writer.key(string: isMovie ? "movieIds" : "seriesIds")
            writer.array { writer in
                for title in titles { writer.value(title) }
            }
        }
    }

    private static func page(_ content: Content, _ query: [String: String], _ writer: inout JSONWriter) {
        let start = min(content.items.count, Int(query["startIndex"] ?? "") ?? 0)
        let end = min(content.items.count, start + (Int(query["limit"] ?? "") ?? content.items.count))
        writer.object { writer in
            writer.key("Items")
            writer.array { writer in
                for item in content.items[start..<end] { item.write(to: &writer) }
            }
            let isCounted = query["enableTotalRecordCount"] != "false"
            writer.field(
                "TotalRecordCount", isCounted ? Int64(content.items.count) + content.totalOff : Int64(end - start))
            writer.field("StartIndex", Int64(start))
        }
    }

    private static func list(_ entries: [FakeEntry], _ isMovie: Bool, _ writer: inout JSONWriter) {
        writer.array { writer in
            for entry in entries { entry.write(isMovie: isMovie, to: &writer) }
        }
    }

    private static func json(_ body: (inout JSONWriter) -> Void) -> HTTPResponse {
        var writer = JSONWriter()
        body(&writer)
        return HTTPResponse(status: 200, headers: ["Content-Type": "application/json"], body: writer.bytes)
    }

    /// Host, path and query of a URL; enough for what the clients build.
    static func parts(_ url: String) -> (host: String, path: String, query: [String: String]) {
        let rest = url.dropFirst(url.hasPrefix("http://") ? 7 : 0)
        let address = rest.prefix { $0 != "?" }
        let host = address.prefix { $0 != "/" }
        var query: [String: String] = [:]
        for pair in rest.dropFirst(address.count + 1).split(separator: "&") {
            let sides = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            query[sides[0]] = sides.count > 1 ? sides[1] : ""
        }
        return (String(host), String(address.dropFirst(host.count)), query)
    }
}
