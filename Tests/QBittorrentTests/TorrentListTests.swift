import HTTPClient
import Media
import QBittorrent
import TestSupport
import Testing

@Suite("qBittorrent lists")
struct TorrentListTests {
    private func client(_ transport: StubTransport) throws -> QBittorrent {
        QBittorrent(base: try BaseURL("http://qbt.test"), credentials: .none, transport: transport)
    }

    private func answering(_ body: String, status: Int = 200) -> StubTransport {
        StubTransport { _ in .response(HTTPResponse(status: status, body: Array(body.utf8))) }
    }

    @Test("reads the files of a torrent")
    func files() async throws {
        let transport = answering(
            #"[{"index":0,"name":"S/S.S01E01.mkv","size":5,"progress":0.5,"priority":1,"piece_range":[0,1]},{"name":"b","size":-1,"progress":2},{"size":1}]"#
        )
        let files = try await client(transport).files("AB")
        #expect(
            files == [
                TorrentFile(name: "S/S.S01E01.mkv", size: 5, progress: 0.5),
                TorrentFile(name: "b", size: 0, progress: 1),
            ])
        #expect(transport.requests.map(\.url) == ["http://qbt.test/api/v2/torrents/files?hash=ab"])
    }

    @Test("an unknown torrent's files are not an empty list")
    func unknownTorrent() async throws {
        await #expect { try await client(answering("Not Found", status: 404)).files("ab") } throws: {
            ($0 as? UpstreamError)?.reason == .status(404)
        }
        #expect(try await client(answering("[]")).files("ab").isEmpty)
    }

    @Test("asks for torrents by hash and takes no other")
    func torrents() async throws {
        let transport = answering(
            #"[{"hash":"AB","name":"A","state":"pausedUP"},{"hash":"ef","infohash_v1":"CD"},{"hash":"99"},{"name":"x"}]"#
        )
        let torrents = try await client(transport).torrents(hashes: ["AB", "cd", "ab", ""])
        #expect(torrents.map(\.hash) == ["ab", "ef"] && torrents.map(\.state) == ["stoppedUP", "unknown"])
        #expect(transport.requests.map(\.url) == ["http://qbt.test/api/v2/torrents/info?hashes=ab%7Ccd"])
    }

    @Test("without a hash nothing is asked: an empty list would mean all")
    func empty() async throws {
        let transport = answering("[]")
        #expect(try await client(transport).torrents(hashes: []).isEmpty)
        #expect(try await client(transport).torrents(hashes: [""]).isEmpty && transport.requests.isEmpty)
    }

    @Test("many hashes go in several calls")
    func many() async throws {
        let transport = answering("[]")
        _ = try await client(transport).torrents(hashes: (0..<250).map { "h\($0)" })
        #expect(transport.requests.count == 3)
    }
}
