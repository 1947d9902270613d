import CMicroHTTPD
import Glibc

/// What libmicrohttpd calls.
///
/// Plain functions, not closures, so that they can never inherit an actor's isolation (spec/traps.md). They run on
/// libmicrohttpd's threads and never block.
enum Callbacks {
    static var all: CMHDCallbacks {
        unsafe CMHDCallbacks(
            accept_policy: acceptPolicy, connection_changed: connectionChanged, target_read: targetRead,
            unescape: keepEscapes, access: access, completed: completed)
    }
}

private func daemon(_ context: UnsafeMutableRawPointer?) -> Daemon? {
    unsafe context.map { unsafe Unmanaged<Daemon>.fromOpaque($0).takeUnretainedValue() }
}

private func exchange(_ context: UnsafeMutableRawPointer?) -> Exchange? {
    unsafe context.map { unsafe Unmanaged<Exchange>.fromOpaque($0).takeUnretainedValue() }
}

private func acceptPolicy(
    _ context: UnsafeMutableRawPointer?, _ address: UnsafePointer<sockaddr>?, _ size: socklen_t
) -> MHD_Result {
    guard let daemon = unsafe daemon(context), let address = unsafe address else { return .NO }
    let host = unsafe SocketAddress(copying: address).host
    if daemon.table.count(of: host) < daemon.options.limits.connectionsPerAddress { return .YES }
    return daemon.options.isTrustedAddress(host) ? .YES : .NO
}

private func connectionChanged(
    _ context: UnsafeMutableRawPointer?, _ connection: OpaquePointer?,
    _ slot: UnsafeMutablePointer<UnsafeMutableRawPointer?>?, _ change: MHD_ConnectionNotificationCode
) {
    guard let daemon = unsafe daemon(context), let connection = unsafe connection, let slot = unsafe slot else {
        return
    }
    switch change {
    case .CONNECTION_NOTIFY_STARTED:
        let host = unsafe cmhd_address(connection).map { unsafe SocketAddress(copying: $0).host } ?? "unknown"
        let opened = unsafe daemon.table.open(socket: cmhd_socket(connection), remoteAddress: host)
        unsafe slot.pointee = Unmanaged.passRetained(opened).toOpaque()  // released below
        daemon.watcher.add(opened)
        daemon.watcher.wake()
    default:
        guard let context = unsafe slot.pointee else { return }
        let closed = unsafe Unmanaged<Connection>.fromOpaque(context).takeRetainedValue()
        unsafe slot.pointee = nil
        daemon.table.close(closed)
    }
}

/// The request line has come; what this returns is the request's context from here on.
private func targetRead(
    _ context: UnsafeMutableRawPointer?, _ target: UnsafePointer<CChar>?, _ connection: OpaquePointer?
) -> UnsafeMutableRawPointer? {
    guard let daemon = unsafe daemon(context), let connection = unsafe connection,
        let owner = unsafe cmhd_context(connection)
    else { return nil }
    let text = unsafe target.flatMap { unsafe String(validatingCString: $0) }
    let peer = unsafe Unmanaged<Connection>.fromOpaque(owner).takeUnretainedValue()
    let exchange = unsafe Exchange(peer, ConnectionHandle(connection), rawTarget: text)
    peer.begin(exchange)
    daemon.active.add(exchange)  // holds it until `completed`
    return unsafe Unmanaged.passUnretained(exchange).toOpaque()
}

/// Escapes stay: a decoded `%2F` would look like a separator.
private func keepEscapes(
    _ context: UnsafeMutableRawPointer?, _ connection: OpaquePointer?, _ text: UnsafeMutablePointer<CChar>?
) -> Int {
    unsafe text.map { unsafe strlen($0) } ?? 0
}

/// Called once with the header, then with each piece of the body, then without one, and again after each resume.
private func access(
    _ context: UnsafeMutableRawPointer?, _ connection: OpaquePointer?, _ url: UnsafePointer<CChar>?,
    _ method: UnsafePointer<CChar>?, _ version: UnsafePointer<CChar>?, _ data: UnsafePointer<CChar>?,
    _ size: UnsafeMutablePointer<Int>?, _ slot: UnsafeMutablePointer<UnsafeMutableRawPointer?>?
) -> MHD_Result {
    guard let daemon = unsafe daemon(context), let connection = unsafe connection,
        let exchange = unsafe exchange(slot?.pointee), let url = unsafe url, let method = unsafe method,
        let version = unsafe version, let size = unsafe size
    else { return .NO }
    let goesOn: Bool
    if exchange.call == nil {
        let line = unsafe RequestLine(method: method, target: url, version: version)
        goesOn = unsafe daemon.begin(exchange, line, on: connection)
    } else if let data = unsafe data, unsafe size.pointee > 0 {
        goesOn = unsafe daemon.receive(UnsafeRawBufferPointer(start: data, count: size.pointee), exchange)
        unsafe size.pointee = 0
    } else {
        goesOn = unsafe daemon.advance(exchange, on: connection)
    }
    return goesOn ? .YES : .NO
}

private func completed(
    _ context: UnsafeMutableRawPointer?, _ connection: OpaquePointer?,
    _ slot: UnsafeMutablePointer<UnsafeMutableRawPointer?>?, _ reason: MHD_RequestTerminationCode
) {
    guard let daemon = unsafe daemon(context), let exchange = unsafe exchange(slot?.pointee) else { return }
    unsafe slot?.pointee = nil
    daemon.finish(exchange)
}
