import CWslay

/// The server's side of WebSocket's framing: bytes in, messages out, and the other way round.
///
/// libwslay answers pings and closing frames by itself; its answers come with the next `takeOutput()`.
@safe
final class WebSocketFrames {
    // proof: made by `init`, freed by `deinit`, and only touched by the one owner in between.
    private var context: OpaquePointer?
    fileprivate var input: ArraySlice<UInt8> = []
    fileprivate var output: [UInt8] = []
    fileprivate var messages: [[UInt8]] = []
    /// The peer said goodbye, or spoke nonsense.
    private(set) var isOver = false

    /// Larger messages end the conversation with 1009.
    private static let longest: UInt64 = 1 << 20

    init() {
        var callbacks = wslay_event_callbacks()
        unsafe callbacks.recv_callback = receivePiece
        unsafe callbacks.send_callback = sendPiece
        unsafe callbacks.on_msg_recv_callback = noteMessage
        let status = unsafe wslay_event_context_server_init(
            &context, &callbacks, Unmanaged.passUnretained(self).toOpaque())
        precondition(status == 0, "libwslay: out of memory")
        unsafe wslay_event_config_set_max_recv_msg_length(context, Self.longest)
    }

    deinit { unsafe wslay_event_context_free(context) }

    /// Takes what came over the wire; returns the messages that are complete.
    func receive(_ bytes: [UInt8]) -> [[UInt8]] {
        input += bytes
        if unsafe wslay_event_recv(context) != 0 { isOver = true }
        if unsafe wslay_event_get_close_received(context) != 0 { isOver = true }
        defer { messages = [] }
        return messages
    }

    /// Queues a text message; false after a goodbye.
    func send(_ text: [UInt8]) -> Bool {
        unsafe text.withUnsafeBufferPointer { buffer in
            var message = unsafe wslay_event_msg(
                opcode: UInt8(WSLAY_TEXT_FRAME.rawValue), msg: buffer.baseAddress, msg_length: buffer.count)
            return unsafe wslay_event_queue_msg(context, &message) == 0
        }
    }

    /// Queues a goodbye; nothing can follow.
    func close(_ code: SocketClosing) { _ = unsafe wslay_event_queue_close(context, code.rawValue, nil, 0) }

    /// What must go over the wire now.
    func takeOutput() -> [UInt8] {
        if unsafe wslay_event_send(context) != 0 { isOver = true }
        defer { output = [] }
        return output
    }
}

// Plain functions, not closures, so that they can never inherit an actor's isolation (spec/traps.md).

private func frames(_ context: UnsafeMutableRawPointer?) -> WebSocketFrames? {
    unsafe context.map { unsafe Unmanaged<WebSocketFrames>.fromOpaque($0).takeUnretainedValue() }
}

private func receivePiece(
    _ context: OpaquePointer?, _ buffer: UnsafeMutablePointer<UInt8>?, _ room: Int, _ flags: Int32,
    _ owner: UnsafeMutableRawPointer?
) -> Int {
    guard let frames = unsafe frames(owner), let buffer = unsafe buffer, !frames.input.isEmpty else {
        unsafe wslay_event_set_error(context, WSLAY_ERR_WOULDBLOCK.rawValue)
        return -1
    }
    let piece = frames.input.prefix(room)
    for (place, byte) in piece.enumerated() { unsafe buffer[place] = byte }
    frames.input = frames.input.dropFirst(piece.count)
    return piece.count
}

private func sendPiece(
    _ context: OpaquePointer?, _ bytes: UnsafePointer<UInt8>?, _ count: Int, _ flags: Int32,
    _ owner: UnsafeMutableRawPointer?
) -> Int {
    guard let frames = unsafe frames(owner) else { return -1 }
    unsafe frames.output.append(contentsOf: UnsafeBufferPointer(start: bytes, count: count))
    return count
}

private func noteMessage(
    _ context: OpaquePointer?, _ message: UnsafePointer<wslay_event_on_msg_recv_arg>?,
    _ owner: UnsafeMutableRawPointer?
) {
    guard let frames = unsafe frames(owner), let message = unsafe message?.pointee,
        UInt32(unsafe message.opcode) == WSLAY_TEXT_FRAME.rawValue
    else { return }
    unsafe frames.messages.append(Array(UnsafeBufferPointer(start: message.msg, count: message.msg_length)))
}
