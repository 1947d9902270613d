import CMicroHTTPD

/// Turns an answer into libmicrohttpd's form and queues it.
enum Reply {
    /// Called on the connection's own thread, while libmicrohttpd asks for the answer.
    ///
    /// - Parameters:
    ///   - response: what to send.
    ///   - stream: where a streamed body comes from; nil for HEAD, whose body is never sent.
    ///   - connection: the connection that asks.
    ///   - closes: the peer must not send further requests on this connection.
    /// - Returns: false when libmicrohttpd refuses, which closes the connection.
    static func queue(
        _ response: Response, stream: StreamBuffer?, on connection: OpaquePointer, closes: Bool
    ) -> Bool {
        guard let reply = unsafe make(response, stream) else { return false }
        defer { unsafe MHD_destroy_response(reply) }  // drops our reference; the queue holds its own
        for (name, value) in response.headers where !isOwn(name) {
            _ = unsafe MHD_add_response_header(reply, name, value)  // refuses line breaks: such a field is left out
        }
        if closes, response.status != 101 { _ = unsafe MHD_add_response_header(reply, "Connection", "close") }
        return unsafe MHD_queue_response(connection, UInt32(response.status), reply) == .YES
    }

    private static func make(_ response: Response, _ stream: StreamBuffer?) -> OpaquePointer? {
        switch response.body {
        case .empty:
            return unsafe nothing
        case .bytes(let bytes):
            return unsafe bytes.withUnsafeBytes { buffer in
                // proof: RESPMEM_MUST_COPY makes libmicrohttpd copy at once and never write.
                unsafe MHD_create_response_from_buffer(
                    buffer.count, UnsafeMutableRawPointer(mutating: buffer.baseAddress), .RESPMEM_MUST_COPY)
            }
        case .upgrade:
            return unsafe MHD_create_response_for_upgrade(upgraded, nil)
        case .stream:
            // For HEAD libmicrohttpd 0.9.75 would send the last chunk of a body of unknown length.
            guard let stream else { return unsafe nothing }
            // Events are small and their clients many: a large block would only sit there, once for each of them.
            let block = response.header("Content-Type") == "text/event-stream" ? 1 << 10 : 32 << 10
            let context = unsafe Unmanaged.passRetained(stream).toOpaque()
            return unsafe MHD_create_response_from_callback(
                CMHD_SIZE_UNKNOWN, block, readStream, context, releaseStream)
        }
    }

    private static var nothing: OpaquePointer? {
        unsafe MHD_create_response_from_buffer(0, nil, .RESPMEM_PERSISTENT)
    }

    /// Fields that libmicrohttpd writes itself.
    private static func isOwn(_ name: String) -> Bool {
        ["Content-Length", "Transfer-Encoding", "Connection", "Date"].contains { Headers.isSame($0, name) }
    }
}

// Plain functions, not closures, so that they can never inherit an actor's isolation (spec/traps.md).

private func readStream(
    _ context: UnsafeMutableRawPointer?, _ position: UInt64, _ buffer: UnsafeMutablePointer<CChar>?, _ room: Int
) -> Int {
    guard let context = unsafe context, let buffer = unsafe buffer else { return CMHD_END_WITH_ERROR }
    let stream = unsafe Unmanaged<StreamBuffer>.fromOpaque(context).takeUnretainedValue()
    return unsafe stream.read(into: UnsafeMutableRawBufferPointer(start: buffer, count: room))
}

/// The 101 is sent: the socket is the exchange's own from here on.
private func upgraded(
    _ context: UnsafeMutableRawPointer?, _ connection: OpaquePointer?, _ exchange: UnsafeMutableRawPointer?,
    _ early: UnsafePointer<CChar>?, _ earlyCount: Int, _ socket: Int32, _ handle: OpaquePointer?
) {
    guard let exchange = unsafe exchange, let handle = unsafe handle else { return }
    var bytes: [UInt8] = []
    if let early = unsafe early {
        unsafe bytes.append(contentsOf: UnsafeRawBufferPointer(start: early, count: earlyCount))
    }
    let upgraded = unsafe UpgradeHandle(handle)
    let connection = unsafe Unmanaged<Exchange>.fromOpaque(exchange).takeUnretainedValue().upgrade
    guard let connection else { return upgraded.close() }
    connection.begin(socket, upgraded, early: bytes)
}

private func releaseStream(_ context: UnsafeMutableRawPointer?) {
    guard let context = unsafe context else { return }
    unsafe Unmanaged<StreamBuffer>.fromOpaque(context).release()
}
