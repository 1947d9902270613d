import CCurl
import Glibc

/// A transfer in curl's hands: lives on curl's thread and hears its callbacks.
@safe
final class Exchange {
    /// A redirect's own page is not read further than this.
    private static let redirectBodyLimit = 64 << 10
    private static let redirectLimit = 3

    let transfer: Transfer
    let easy: EasyHandle
    let configuration: CurlConfiguration
    /// What is asked for now: the request's URL, or where a redirect led.
    private(set) var url: URLParts
    private(set) var deniedAddress: String?
    /// Whether something arrived that the sink has not handed on.
    var isDirty = false

    private var redirectTarget: URLParts?
    private var redirectCount = 0
    private var redirectBytes = 0
    private var refusal: UpstreamError.Reason?
    private var head = HeadParser()
    private var isPaused = false
    private let start = ContinuousClock.now
    private var lastProgress = ContinuousClock.now
    /// Owned: curl reads them until the transfer is over.
    var headerList: UnsafeMutablePointer<curl_slist>?
    let errorText: UnsafeMutablePointer<CChar>

    init(_ transfer: Transfer, easy: EasyHandle, configuration: CurlConfiguration) {
        self.transfer = transfer
        self.easy = easy
        self.configuration = configuration
        url = transfer.url
        unsafe errorText = .allocate(capacity: Int(CURL_ERROR_SIZE))
        unsafe errorText.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
    }

    deinit {
        unsafe curl_slist_free_all(headerList)
        unsafe errorText.deallocate()
    }

    // MARK: Time

    /// When to give up, and the allowance that ends then; nil while the consumer holds the sender back.
    var deadline: (at: ContinuousClock.Instant, allowance: Duration)? {
        guard transfer.sink.isStream, head.isComplete else {
            return (start + transfer.request.timeout, transfer.request.timeout)
        }
        let allowance = transfer.request.stallTimeout
        return isPaused ? nil : (lastProgress + allowance, allowance)
    }

    /// Lets a paused sender go on.
    func resume() {
        guard isPaused else { return }
        isPaused = false
        lastProgress = .now
        unsafe curl_easy_pause(easy.pointer, CURLPAUSE_CONT)
    }

    // MARK: Callbacks

    /// Takes one line of the head; returns the bytes taken, fewer to end the transfer.
    func receiveHeader(_ line: UnsafeRawBufferPointer) -> Int {
        lastProgress = .now
        guard let isComplete = unsafe head.feed(line) else { return refuse(.tooLarge(limit: HeadParser.limit)) }
        guard isComplete else { return line.count }
        if let location = locationToFollow { return follow(location) ? line.count : 0 }
        if let reason = transfer.sink.receiveHead(head.status, head.headers) { return refuse(reason) }
        return line.count
    }

    /// Takes bytes of the body; returns the bytes taken, or curl's word for a pause.
    func receiveBody(_ bytes: UnsafeRawBufferPointer) -> Int {
        lastProgress = .now
        guard redirectTarget == nil else {
            redirectBytes += bytes.count
            return redirectBytes <= Self.redirectBodyLimit ? bytes.count : 0
        }
        isDirty = true
        switch unsafe transfer.sink.receive(bytes) {
        case .taken: return bytes.count
        case .pause:
            isPaused = true
            return Int(CURL_WRITEFUNC_PAUSE)
        case .refuse(let reason): return refuse(reason)
        }
    }

    /// Opens the socket for an address, unless the rules forbid it.
    func openSocket(_ target: UnsafePointer<curl_sockaddr>) -> curl_socket_t {
        let length = unsafe Int(target.pointee.addrlen)
        guard let (address, port) = unsafe IPAddress.reading(ccurl_socket_address(target), length: length) else {
            deniedAddress = "of an unknown family"
            return -1
        }
        if let kind = configuration.rules.denial(of: address, port: port) {
            deniedAddress = "\(address) (\(kind))"
            return -1
        }
        return unsafe socket(
            target.pointee.family, target.pointee.socktype | Int32(SOCK_CLOEXEC.rawValue), target.pointee.protocol)
    }

    private func refuse(_ reason: UpstreamError.Reason) -> Int {
        refusal = reason
        return 0
    }

    // MARK: Redirects

    /// Only repeatable requests follow; others get the 3xx as their answer.
    private var locationToFollow: String? {
        guard [301, 302, 303, 307, 308].contains(head.status), transfer.request.isRepeatable else { return nil }
        return head.headers["Location"]
    }

    /// Whether a redirect may be followed: same scheme, host and port, so that keys never leave the host.
    private func follow(_ location: String) -> Bool {
        guard let target = URLParts(location, relativeTo: url.text) else {
            refusal = .redirected(to: "an unreadable address")
            return false
        }
        guard target.origin == url.origin, !target.hasUserInfo else {
            refusal = .redirected(to: target.origin)
            return false
        }
        guard redirectCount < Self.redirectLimit else {
            refusal = .redirected(to: "\(target.origin)\(target.path), after \(Self.redirectLimit) redirects")
            return false
        }
        redirectTarget = target
        return true
    }

    /// Whether curl's end is the end, or only that of a redirect, which is then prepared.
    func takeRedirect(_ code: CURLcode) -> Bool {
        guard let target = redirectTarget, code == CURLE_OK || code == CURLE_WRITE_ERROR else { return false }
        url = target
        redirectTarget = nil
        redirectBytes = 0
        redirectCount += 1
        head = HeadParser()
        return true
    }

    /// Why the transfer failed; nil when it did not.
    func failure(_ code: CURLcode) -> UpstreamError? {
        if let refusal { return transfer.request.failure(refusal) }
        if code == CURLE_OK, head.isComplete { return nil }
        if code == CURLE_COULDNT_CONNECT, let deniedAddress {
            return transfer.request.failure(.forbiddenAddress(deniedAddress))
        }
        let said = unsafe String(cString: errorText)
        let failure = CurlFailure(code: code, said: said, hasHead: head.isComplete)
        return transfer.request.failure(failure.reason(configuration.connectTimeout), cause: failure.cause)
    }
}
