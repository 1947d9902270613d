import HTTPServer
import Synchronization
import TestSupport
import Testing

/// The open event streams of a played Shoko.
final class FakeShokoLinks: Sendable {
    private let open = Mutex<[any RawConnection]>([])

    var count: Int { open.withLock(\.count) }

    /// Switches to WebSocket and keeps the connection until it ends.
    func accept(_ request: Request) -> Response {
        let answer = WebSocketPeer.acceptance(of: request.headers["Sec-WebSocket-Key"] ?? "")
        let accept = answer.split(separator: "\r\n").first { $0.hasPrefix("Sec-WebSocket-Accept: ") } ?? ""
        return Response(
            101,
            headers: [
                ("Upgrade", "websocket"), ("Connection", "Upgrade"),
                ("Sec-WebSocket-Accept", String(accept.dropFirst(22))),
            ],
            body: .upgrade { [self] connection in
                // What the client says is its handshake and pings; none needs more than this answer.
                guard try await connection.read() != nil else { return }
                try await connection.write(WebSocketFrame(WebSocketFrame.text, Array("{}\u{1e}".utf8)).bytes)
                open.withLock { $0.append(connection) }
                while try await connection.read() != nil {}
                open.withLock { links in links.removeAll { $0 === connection } }
            })
    }

    /// Sends an event to every open stream, once there is one.
    func tell(_ target: String, _ body: JSON) async throws {
        #expect(await eventually(.seconds(20)) { self.count > 0 }, "nobody listens to Shoko's stream")
        let record: JSON = ["type": 1, "target": .string(target), "arguments": [body]]
        let frame = WebSocketFrame(WebSocketFrame.text, Array((record.text + "\u{1e}").utf8))
        for link in open.withLock({ $0 }) { try await link.write(frame.bytes) }
    }

    func drop() {
        let links = open.withLock { links in
            defer { links = [] }
            return links
        }
        for link in links { link.close() }
    }
}

extension FakeWorld {
    func shoko(_ request: Request, _ path: String) -> Response {
        switch path {
        case "api/v3/Init/Status": return .json(["State": "Started"])
        case "api/v3/Init/Version": return .json(["Server": ["Version": .string(shokoVersion)]])
        case "api/v3/ImportFolder", "api/v3/ManagedFolder":
            return .json([["ID": 1, "Name": "Anime", "Path": "/media/anime/"]])
        case "api/v3/File/PathEndsWith":
            let ending = request.query.first("path") ?? ""
            return .json(.array(shokoFiles.filter { ("/media/anime" + $0.path).hasSuffix(ending) }.map(\.json)))
        default:
            let id = path.split(separator: "/").last.flatMap { Int($0) }
            return shokoFiles.first { $0.id == id }.map { .json($0.json) } ?? .json(["title": "Not Found"], status: 404)
        }
    }
}

/// A file as Shoko knows it.
struct ShokoFile: Sendable {
    var id: Int
    /// Below the folder, with its leading slash.
    var path: String
    var isMatched = false

    /// As both generations answer it.
    var json: JSON {
        [
            "ID": .int(id), "Size": 1_000,
            "Locations": [
                [
                    "ID": .int(id), "FileID": .int(id), "ImportFolderID": 1, "ManagedFolderID": 1,
                    "RelativePath": .string(path),
                ]
            ],
            "SeriesIDs": isMatched
                ? [["SeriesID": ["ID": 7, "AniDB": 13_500], "EpisodeIDs": [["ID": 70, "AniDB": 200_001]]]] : [],
        ]
    }

    private var references: JSON {
        isMatched
            ? [["EpisodeID": 70, "AnidbEpisodeID": 200_001, "SeriesID": 7, "AnidbAnimeID": 13_500, "GroupID": 1]] : []
    }

    /// The body of version 5's FileMatched, FileHashed and the like.
    var event: JSON {
        [
            "FileID": .int(id), "FileLocationID": .int(id), "ImportFolderID": 1, "RelativePath": .string(path),
            "CrossReferences": references,
        ]
    }

    var notMatched: JSON {
        event.with(["AutoMatchAttempts": 2, "HasCrossReferences": false, "IsUDPBanned": false])
    }

    /// The body of version 6's release:saved.
    var release: JSON {
        ["FileID": .int(id), "Release": ["CrossReferences": references]]
    }
}
