import CCurl
import Glibc
import HTTPClient

/// A connection that libcurl opens, encrypts, and then leaves to us (`CURLOPT_CONNECT_ONLY`).
@safe
final class CurlConnection {
    private let request: HTTPRequest
    private let options: SocketOptions
    private let bell: Int32
    private let easy: UnsafeMutableRawPointer
    private let multi: UnsafeMutableRawPointer
    private let errorText: UnsafeMutablePointer<CChar>
    private var socket: curl_socket_t = -1
    private var deniedAddress: String?

    init(_ request: HTTPRequest, _ url: URLParts, _ options: SocketOptions, bell: Int32) throws(UpstreamError) {
        guard Self.isReady, let easy = unsafe curl_easy_init() else {
            throw request.failure(.unreachable, cause: "out of memory")
        }
        guard let multi = unsafe curl_multi_init() else {
            unsafe curl_easy_cleanup(easy)
            throw request.failure(.unreachable, cause: "out of memory")
        }
        self.request = request
        self.options = options
        self.bell = bell
        unsafe self.easy = unsafe easy
        unsafe self.multi = unsafe multi
        unsafe errorText = .allocate(capacity: Int(CURL_ERROR_SIZE))
        unsafe errorText.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
        configure(url)
        unsafe curl_multi_add_handle(multi, easy)
    }

    deinit {
        unsafe curl_multi_remove_handle(multi, easy)
        unsafe curl_easy_cleanup(easy)
        unsafe curl_multi_cleanup(multi)
        unsafe errorText.deallocate()
    }

    private static let isReady = curl_global_init(Int(CURL_GLOBAL_ALL)) == CURLE_OK

    /// As for `CurlTransport`: no proxy, whatever the environment says, HTTP/1.1, and only allowed addresses.
    private func configure(_ url: URLParts) {
        let me = unsafe Unmanaged.passUnretained(self).toOpaque()  // the handle does not outlive self
        unsafe ccurl_set_text(easy, CURLOPT_URL, url.text)
        unsafe ccurl_set_text(easy, CURLOPT_PROTOCOLS_STR, "http,https")
        unsafe ccurl_set_text(easy, CURLOPT_PROXY, "")
        unsafe ccurl_set_text(easy, CURLOPT_NOPROXY, "*")
        unsafe ccurl_set_long(easy, CURLOPT_CONNECT_ONLY, 1)
        unsafe ccurl_set_long(easy, CURLOPT_HTTP_VERSION, Int(CURL_HTTP_VERSION_1_1))
        unsafe ccurl_set_long(easy, CURLOPT_SSLVERSION, Int(CURL_SSLVERSION_TLSv1_2))
        unsafe ccurl_set_long(easy, CURLOPT_NOSIGNAL, 1)
        unsafe ccurl_set_long(easy, CURLOPT_CONNECTTIMEOUT_MS, options.connectTimeout.wholeMilliseconds)
        if let file = options.caFile { unsafe ccurl_set_text(easy, CURLOPT_CAINFO, file) }
        unsafe ccurl_set_pointer(easy, CURLOPT_ERRORBUFFER, errorText)
        unsafe ccurl_set_pointer(easy, CURLOPT_OPENSOCKETDATA, me)
        unsafe ccurl_set_socket_callback(easy, onSocket)
    }

    // MARK: Connecting

    /// Goes on as far as it can without waiting; true once connected.
    func advance() throws(UpstreamError) -> Bool {
        var running: Int32 = 0
        unsafe curl_multi_perform(multi, &running)
        var left: Int32 = 0
        guard let message = unsafe curl_multi_info_read(multi, &left) else { return false }
        let code = unsafe ccurl_message_result(message)
        guard code == CURLE_OK, unsafe ccurl_get_active_socket(easy, &socket) == CURLE_OK, socket >= 0 else {
            throw failure(code)
        }
        return true
    }

    /// Waits until `advance` may have something to do, or the bell rings.
    func waitWhileConnecting(until deadline: ContinuousClock.Instant) {
        poll([], until: deadline)
    }

    fileprivate func openSocket(_ target: UnsafePointer<curl_sockaddr>) -> curl_socket_t {
        let length = unsafe Int(target.pointee.addrlen)
        guard let (address, port) = unsafe IPAddress.reading(ccurl_socket_address(target), length: length) else {
            deniedAddress = "of an unknown family"
            return -1
        }
        if let kind = options.rules.denial(of: address, port: port) {
            deniedAddress = "\(address) (\(kind))"
            return -1
        }
        return unsafe Glibc.socket(
            target.pointee.family, target.pointee.socktype | Int32(SOCK_CLOEXEC.rawValue), target.pointee.protocol)
    }

    private func failure(_ code: CURLcode) -> UpstreamError {
        if code == CURLE_COULDNT_CONNECT, let deniedAddress {
            return request.failure(.forbiddenAddress(deniedAddress))
        }
        let failure = unsafe CurlFailure(code: code, said: String(cString: errorText), hasHead: false)
        return request.failure(failure.reason(options.connectTimeout), cause: failure.cause)
    }

    // MARK: Connected

    /// Waits for the socket or the bell; with neither reading nor writing for the bell alone.
    func wait(reading: Bool, writing: Bool, until deadline: ContinuousClock.Instant?) {
        let events = (reading ? CURL_WAIT_POLLIN : 0) | (writing ? CURL_WAIT_POLLOUT : 0)
        // A socket polled for nothing still tells of its end, again and again.
        poll(events == 0 ? [] : [curl_waitfd(fd: socket, events: Int16(events), revents: 0)], until: deadline)
    }

    private func poll(_ others: [curl_waitfd], until deadline: ContinuousClock.Instant?) {
        var descriptors = others + [curl_waitfd(fd: bell, events: Int16(CURL_WAIT_POLLIN), revents: 0)]
        let rest = deadline.map { max(.zero, $0 - .now) } ?? .seconds(60)
        unsafe curl_multi_poll(
            multi, &descriptors, UInt32(descriptors.count), Int32(min(rest, .seconds(60)).wholeMilliseconds), nil)
    }

    /// Reads at most `count` bytes: empty when there are none now, nil at the end.
    func read(_ count: Int) throws(UpstreamError) -> [UInt8]? {
        var code = CURLE_OK
        let bytes = unsafe [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
            code = unsafe read(into: UnsafeMutableRawBufferPointer(buffer), &initialized)
        }
        switch code {
        case CURLE_OK: return bytes.isEmpty ? nil : bytes
        case CURLE_AGAIN: return []
        default: throw broken(code)
        }
    }

    /// Reads into a buffer; `CURLE_OK` with no bytes is the end, `CURLE_AGAIN` means not now.
    func read(into buffer: UnsafeMutableRawBufferPointer, _ count: inout Int) -> CURLcode {
        unsafe curl_easy_recv(easy, buffer.baseAddress, buffer.count, &count)
    }

    /// Writes what the socket takes now.
    func write(_ bytes: ArraySlice<UInt8>) throws(UpstreamError) -> Int {
        var count = 0
        let code = unsafe bytes.withUnsafeBytes { unsafe write($0, &count) }
        guard code == CURLE_OK || code == CURLE_AGAIN else { throw broken(code) }
        return count
    }

    /// Writes from a buffer; `CURLE_AGAIN` means not now.
    func write(_ buffer: UnsafeRawBufferPointer, _ count: inout Int) -> CURLcode {
        unsafe curl_easy_send(easy, buffer.baseAddress, buffer.count, &count)
    }

    /// Describes the end of a connection that was open.
    func broken(_ code: CURLcode) -> UpstreamError {
        let cause = code == CURLE_OK ? "the connection was closed" : unsafe String(cString: curl_easy_strerror(code))
        return request.failure(.truncated, cause: cause)
    }
}

private func onSocket(
    _ me: UnsafeMutableRawPointer?, _ purpose: curlsocktype, _ address: UnsafeMutablePointer<curl_sockaddr>?
) -> curl_socket_t {
    guard let me = unsafe me, let address = unsafe address else { return -1 }
    return unsafe Unmanaged<CurlConnection>.fromOpaque(me).takeUnretainedValue().openSocket(address)
}
