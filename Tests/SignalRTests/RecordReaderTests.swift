import Testing

@testable import SignalR

@Suite struct RecordReaderTests {
    private func read(_ json: String) -> SignalRRecord? { RecordReader.read(Array(json.utf8)) }

    @Test("each type is told apart, whatever the order of its members")
    func types() {
        let call = #"{"arguments":[{"FileID":1,"target":"no","type":7}],"target":"ShokoEvent:FileMatched","type":1}"#
        #expect(
            read(call)
                == .invocation(SignalRInvocation(target: "ShokoEvent:FileMatched", json: Array(call.utf8))))
        #expect(read(#"{"type":3,"invocationId":"1","result":null}"#) == .completion)
        #expect(read(#"{"type":6}"#) == .ping)
        #expect(read(#"{"type":7}"#) == .close(error: nil, allowReconnect: false))
        #expect(read(#"{"type":7,"error":"no","allowReconnect":true}"#) == .close(error: "no", allowReconnect: true))
        #expect(read(#"{"type":99}"#) == .other)
    }

    @Test(
        "what makes no sense is no record",
        arguments: ["", "{", "[]", "null", "{}", #"{"type":"x"}"#, #"{"type":1}"#, #"{"type":1,"target":5}"#, "é"])
    func nonsense(json: String) {
        #expect(read(json) == nil)
    }

    @Test("the handshake's answer is agreement, an objection, or none")
    func handshake() throws {
        #expect(try RecordReader.readHandshake(Array("{}".utf8)) == nil)
        #expect(try RecordReader.readHandshake(Array(#"{"error":"version"}"#.utf8)) == "version")
        for json in ["", "[]", #"{"type":6}"#, "<html>"] {
            #expect(throws: RecordReader.NoHandshake.self) { try RecordReader.readHandshake(Array(json.utf8)) }
        }
    }
}
