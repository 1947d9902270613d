import CCurl
import CWslay
import Cryptography
import HTTPClient

/// libwslay's side of a socket: bytes to messages and back; lives on the socket's thread.
///
/// It answers pings and the server's close by itself, and puts a close of ours into the queue when the server breaks the
/// protocol (1002), sends bad UTF-8 (1007), or too large a message (1009).
@safe
final class Framing {
    /// Frames that may wait to be sent before we stop reading: a server that pings and never reads would fill memory.
    private static let longestQueue = 1000

    private let connection: CurlConnection
    private let link: SocketLink
    private var early: ArraySlice<UInt8>
    private var context: wslay_event_context_ptr?
    private var failure: UpstreamError?
    private var closeReason = ""
    /// Whether either side has begun to say goodbye, for whatever reason.
    private(set) var isClosing = false
    /// Whether the connection ended on the way to a proper close: good enough.
    private var hasEnded = false
    private var isBreached = false

    /// Takes over a connection; `early` is what the server sent right behind its answer to the upgrade.
    init(_ connection: CurlConnection, _ link: SocketLink, _ early: ArraySlice<UInt8>) throws(UpstreamError) {
        self.connection = connection
        self.link = link
        self.early = early
        var callbacks = wslay_event_callbacks()
        unsafe callbacks.recv_callback = onReceive
        unsafe callbacks.send_callback = onSend
        unsafe callbacks.genmask_callback = onMask
        unsafe callbacks.on_msg_recv_callback = onMessage
        let me = unsafe Unmanaged.passUnretained(self).toOpaque()  // the context does not outlive self
        guard unsafe wslay_event_context_client_init(&context, &callbacks, me) == 0 else {
            throw link.request.failure(.unreachable, cause: "out of memory")
        }
        unsafe wslay_event_config_set_max_recv_msg_length(context, UInt64(link.request.maxBody))
    }

    deinit { unsafe wslay_event_context_free(context) }

    var wantsRead: Bool { unsafe !hasEnded && wslay_event_want_read(context) != 0 }
    var wantsWrite: Bool { unsafe !hasEnded && wslay_event_want_write(context) != 0 }
    /// Bytes queued and not sent.
    var backlog: Int { unsafe wslay_event_get_queued_msg_length(context) }

    /// Whether there is room for what reading may bring; while we close, all that comes is let go.
    var mayRead: Bool {
        let hasRoom = isClosing || !link.isFull
        return unsafe hasRoom && wslay_event_get_queued_msg_count(context) < Self.longestQueue
    }

    func queue(_ text: [UInt8]) throws(UpstreamError) {
        if isClosing { return }
        let code = unsafe text.withUnsafeBufferPointer { bytes in
            var message = unsafe wslay_event_msg(
                opcode: UInt8(WSLAY_TEXT_FRAME.rawValue), msg: bytes.baseAddress, msg_length: bytes.count)
            return unsafe wslay_event_queue_msg(context, &message)
        }
        guard code == 0 else { throw link.request.failure(.unreachable, cause: "out of memory") }
    }

    func queueClose() {
        isClosing = true
        unsafe wslay_event_queue_close(context, UInt16(WSLAY_CODE_NORMAL_CLOSURE.rawValue), nil, 0)
    }

    /// Sends what the socket takes now.
    func transmit() throws(UpstreamError) {
        guard wantsWrite else { return }
        try check(unsafe wslay_event_send(context))
    }

    /// Takes all messages that are there.
    func receive() throws(UpstreamError) {
        guard wantsRead else { return }
        try check(unsafe wslay_event_recv(context))
        if !wantsRead { isClosing = true }
    }

    private func check(_ code: Int32) throws(UpstreamError) {
        if let failure {
            guard isClosing else { throw failure }
            hasEnded = true
        } else if code != 0 {
            // Not even a frame; libwslay has put a close into the queue.
            isBreached = true
            isClosing = true
        }
    }

    /// How it ended, once there is nothing more to read and write.
    func verdict() throws(UpstreamError) -> WebSocketClosure {
        if unsafe wslay_event_get_close_received(context) != 0 {
            let code = unsafe Int(wslay_event_get_status_code_received(context))
            // 1005 stands for "a close without a code" and is never sent.
            return WebSocketClosure(code: code == 0 || code == 1005 ? nil : code, reason: closeReason)
        }
        if isBreached { throw link.request.failure(.undecodable(field: "WebSocket frame")) }
        switch unsafe UInt32(wslay_event_get_status_code_sent(context)) {
        case WSLAY_CODE_MESSAGE_TOO_BIG.rawValue:
            throw link.request.failure(.tooLarge(limit: link.request.maxBody))
        case WSLAY_CODE_PROTOCOL_ERROR.rawValue, WSLAY_CODE_INVALID_FRAME_PAYLOAD_DATA.rawValue:
            throw link.request.failure(.undecodable(field: "WebSocket frame"))
        default: return WebSocketClosure(code: nil)
        }
    }

    // MARK: Callbacks

    fileprivate func read(into buffer: UnsafeMutableRawBufferPointer) -> Int {
        guard mayRead else { return refuse(WSLAY_ERR_WOULDBLOCK) }
        if !early.isEmpty {
            let piece = early.prefix(buffer.count)
            unsafe buffer.copyBytes(from: piece)
            early = early.dropFirst(piece.count)
            return piece.count
        }
        var count = 0
        let code = unsafe connection.read(into: buffer, &count)
        if code == CURLE_AGAIN { return refuse(WSLAY_ERR_WOULDBLOCK) }
        guard code == CURLE_OK, count > 0 else { return fail(code) }
        return count
    }

    fileprivate func write(_ buffer: UnsafeRawBufferPointer) -> Int {
        var count = 0
        let code = unsafe connection.write(buffer, &count)
        if code == CURLE_AGAIN || code == CURLE_OK && count == 0 { return refuse(WSLAY_ERR_WOULDBLOCK) }
        guard code == CURLE_OK else { return fail(code) }
        return count
    }

    fileprivate func take(_ opcode: UInt8, _ bytes: UnsafeBufferPointer<UInt8>) {
        if isClosing, link.isFull, opcode < 8 { return }
        switch UInt32(opcode) {
        case WSLAY_TEXT_FRAME.rawValue: unsafe link.deliver(WebSocketMessage(.text, Array(bytes)))
        case WSLAY_BINARY_FRAME.rawValue: unsafe link.deliver(WebSocketMessage(.binary, Array(bytes)))
        case WSLAY_CONNECTION_CLOSE.rawValue:
            closeReason = unsafe String(decoding: bytes.dropFirst(2), as: UTF8.self)
        default: break  // pings are answered already, pongs were not asked for
        }
    }

    private func refuse(_ code: wslay_error) -> Int {
        unsafe wslay_event_set_error(context, Int32(code.rawValue))
        return -1
    }

    private func fail(_ code: CURLcode) -> Int {
        failure = connection.broken(code)
        return refuse(WSLAY_ERR_CALLBACK_FAILURE)
    }
}

// Plain functions, not closures, so that they can never inherit an actor's isolation.

private func framing(_ context: UnsafeMutableRawPointer?) -> Framing? {
    guard let context = unsafe context else { return nil }
    return unsafe Unmanaged<Framing>.fromOpaque(context).takeUnretainedValue()
}

private func onReceive(
    _ context: wslay_event_context_ptr?, _ buffer: UnsafeMutablePointer<UInt8>?, _ length: Int, _ flags: Int32,
    _ me: UnsafeMutableRawPointer?
) -> Int {
    unsafe framing(me)?.read(into: UnsafeMutableRawBufferPointer(start: buffer, count: length)) ?? -1
}

private func onSend(
    _ context: wslay_event_context_ptr?, _ bytes: UnsafePointer<UInt8>?, _ length: Int, _ flags: Int32,
    _ me: UnsafeMutableRawPointer?
) -> Int {
    unsafe framing(me)?.write(UnsafeRawBufferPointer(start: bytes, count: length)) ?? -1
}

private func onMask(
    _ context: wslay_event_context_ptr?, _ buffer: UnsafeMutablePointer<UInt8>?, _ length: Int,
    _ me: UnsafeMutableRawPointer?
) -> Int32 {
    unsafe UnsafeMutableRawBufferPointer(start: buffer, count: length).copyBytes(from: randomBytes(length))
    return 0
}

private func onMessage(
    _ context: wslay_event_context_ptr?, _ message: UnsafePointer<wslay_event_on_msg_recv_arg>?,
    _ me: UnsafeMutableRawPointer?
) {
    guard let message = unsafe message?.pointee else { return }
    let bytes = unsafe UnsafeBufferPointer(start: message.msg, count: message.msg_length)
    unsafe framing(me)?.take(message.opcode, bytes)
}
