/// One frame as it goes on the wire (RFC 6455 §5.2), good or bad as the test wants it.
public struct WebSocketFrame: Sendable, Hashable {
    public static let continuation: UInt8 = 0, text: UInt8 = 1, binary: UInt8 = 2, close: UInt8 = 8, ping: UInt8 = 9
    public static let pong: UInt8 = 10

    public var opcode: UInt8
    public var payload: [UInt8]
    public var isFinal: Bool
    /// Clients mask, servers must not.
    public var isMasked: Bool

    public init(_ opcode: UInt8, _ payload: [UInt8] = [], isFinal: Bool = true, isMasked: Bool = false) {
        self.opcode = opcode
        self.payload = payload
        self.isFinal = isFinal
        self.isMasked = isMasked
    }

    /// A closing frame with a code and words.
    public static func closing(_ code: Int, _ reason: String = "") -> WebSocketFrame {
        WebSocketFrame(close, [UInt8(code >> 8), UInt8(code & 255)] + Array(reason.utf8))
    }

    public var text: String { String(decoding: payload, as: UTF8.self) }
    /// The code of a closing frame.
    public var closeCode: Int? { payload.count < 2 ? nil : Int(payload[0]) << 8 | Int(payload[1]) }

    public var bytes: [UInt8] {
        var bytes = [(isFinal ? 0x80 : 0) | opcode]
        let mask: UInt8 = isMasked ? 0x80 : 0
        switch payload.count {
        case ..<126: bytes.append(mask | UInt8(payload.count))
        case ..<65_536: bytes += [mask | 126, UInt8(payload.count >> 8), UInt8(payload.count & 255)]
        default:
            bytes.append(mask | 127)
            for shift in stride(from: 56, through: 0, by: -8) { bytes.append(UInt8(payload.count >> shift & 255)) }
        }
        guard isMasked else { return bytes + payload }
        let key: [UInt8] = [0x37, 0xFA, 0x21, 0x3D]
        return bytes + key + payload.enumerated().map { $1 ^ key[$0 % 4] }
    }
}
