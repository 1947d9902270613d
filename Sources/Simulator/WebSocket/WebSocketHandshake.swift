import Cryptography
import FoundationEssentials

/// A request to go over to WebSocket (RFC 6455 §4.2).
struct WebSocketHandshake {
    private let key: String

    /// Nil when the call is none: a plain GET.
    init?(_ call: Call) {
        guard call.method == "GET", call.header("upgrade")?.lowercased() == "websocket",
            call.header("connection")?.lowercased().contains("upgrade") == true,
            call.header("sec-websocket-version") == "13", let key = call.header("sec-websocket-key"), !key.isEmpty
        else { return nil }
        self.key = key
    }

    /// The answer that begins the conversation.
    func answer(_ talk: @escaping @Sendable (any SocketPeer) async -> Void) -> Answer {
        var answer = Answer(101, .socket(talk))
        answer.headers = [("Upgrade", "websocket"), ("Sec-WebSocket-Accept", accepted)]
        return answer
    }

    private var accepted: String {
        Data(sha1(Array((key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").utf8))).base64EncodedString()
    }
}
