import Media
import QBittorrent
import Testing

@Suite("qBittorrent finish call")
struct HookTests {
    private let now = Timestamp(milliseconds: 1_700_000_000_000)
    private let v1 = "0123456789abcdef0123456789abcdef01234567"
    private let v2 = "fedcba9876543210fedcba9876543210fedcba9876543210fedcba9876543210"

    private func read(_ body: String) throws -> HookReading {
        try QBittorrentHook.read(Array(body.utf8), instance: "default", receivedAt: now)
    }

    @Test("reads JSON, with the hash in either case and the size as text or number", arguments: ["12", "\"12\""])
    func json(size: String) throws {
        let reading = try read(#"{"hash":"\#(v1.uppercased())","name":"A.B","path":"/d/A.B","size":\#(size)}"#)
        let observation = try #require(reading.observations.first)
        #expect(reading.event == "torrent_finished" && reading.observations.count == 1)
        #expect(observation.service == "qbittorrent" && observation.channel == .webhook)
        #expect(observation.fact == .torrentDone && observation.naturalKey == v1 && observation.observedAt == now)
        #expect(observation.keys.downloads == [v1] && observation.keys.path == nil)
        #expect(
            observation.details == Details([.download: v1, .release: "A.B", .path: "/d/A.B", .size: "12"]))
    }

    @Test("reads a form, whose names may hold anything")
    func form() throws {
        let reading = try read("hash=\(v1)&name=A+%22B%22+%26%C3%A9&path=%2Fd%2FA%25&size=12&x\n")
        let details = try #require(reading.observations.first?.details)
        #expect(details[.release] == "A \"B\" &é" && details[.path] == "/d/A%" && details[.size] == "12")
    }

    @Test("knows a hybrid torrent by both hashes, and first by the id it is listed under")
    func hybrid() throws {
        let short = String(v2.prefix(40))
        #expect(
            try read(#"{"hash_v1":"\#(v1)","hash_v2":"\#(v2)"}"#).observations.first?.keys.downloads == [short, v1])
        #expect(try read(#"{"hash":"-","Hash_V2":"\#(v2)"}"#).observations.first?.naturalKey == short)
        #expect(try read(#"{"hash":"\#(v1)","id":"\#(short)"}"#).observations.first?.naturalKey == short)
    }

    @Test("everything but the hash may be missing; odd types never fail a call")
    func lenient() throws {
        #expect(try read(#"{"hash":"\#(v1)"}"#).observations.first?.details == Details([.download: v1]))
        #expect(
            try read(#"{"hash":"\#(v1)","name":null,"path":[],"size":-1}"#).observations.first?.details
                == Details([.download: v1]))
        for body in ["{}", #"{"hash":""}"#, #"{"hash":"-"}"#, #"{"hash":7}"#, #"{"hash":"xyz"}"#, "[]"] {
            #expect(try read(body) == HookReading(event: "torrent_finished"))
        }
        #expect(try read(#"{"event":"test"}"#) == HookReading(event: "test"))
    }

    @Test("refuses what is neither", arguments: ["", "hello", "hash=1", "name=x&size=2", "7", #"{"hash":"#])
    func refused(body: String) {
        #expect(throws: UnreadableHook.self) { try read(body) }
    }
}
