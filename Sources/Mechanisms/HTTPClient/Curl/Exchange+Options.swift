import CCurl

extension Exchange {
    /// Sets all of curl's options for the URL asked for now.
    ///
    /// No proxy, whatever the environment says: these are services of the home network, keys travel in their headers, and
    /// a proxy would hide the address that `OutboundRules` looks at. HTTP/1.1 only: pausing one stream of an HTTP/2
    /// connection holds up its siblings. No cookies, no `.netrc`, no redirects by curl itself.
    func configure() {
        let me = unsafe Unmanaged.passUnretained(self).toOpaque()  // `CurlLoop.active` keeps self while curl holds it
        let request = transfer.request
        unsafe ccurl_set_text(easy.pointer, CURLOPT_URL, url.text)
        unsafe ccurl_set_text(easy.pointer, CURLOPT_PROTOCOLS_STR, "http,https")
        unsafe ccurl_set_text(easy.pointer, CURLOPT_PROXY, "")
        unsafe ccurl_set_text(easy.pointer, CURLOPT_NOPROXY, "*")
        unsafe ccurl_set_text(easy.pointer, CURLOPT_ACCEPT_ENCODING, "gzip, deflate")
        unsafe ccurl_set_text(easy.pointer, CURLOPT_USERAGENT, configuration.userAgent)
        unsafe ccurl_set_long(easy.pointer, CURLOPT_HTTP_VERSION, Int(CURL_HTTP_VERSION_1_1))
        unsafe ccurl_set_long(easy.pointer, CURLOPT_SSLVERSION, Int(CURL_SSLVERSION_TLSv1_2))
        unsafe ccurl_set_long(easy.pointer, CURLOPT_PATH_AS_IS, 1)
        unsafe ccurl_set_long(easy.pointer, CURLOPT_NOSIGNAL, 1)
        unsafe ccurl_set_long(easy.pointer, CURLOPT_CONNECTTIMEOUT_MS, configuration.connectTimeout.wholeMilliseconds)
        // curl reads this much at once; inflated, it is what can come on top of the high-water mark.
        unsafe ccurl_set_long(easy.pointer, CURLOPT_BUFFERSIZE, 64 << 10)
        if let file = configuration.caFile { unsafe ccurl_set_text(easy.pointer, CURLOPT_CAINFO, file) }
        unsafe ccurl_set_pointer(easy.pointer, CURLOPT_ERRORBUFFER, errorText)
        setMethod(request)
        setHeaders(request)
        unsafe ccurl_set_pointer(easy.pointer, CURLOPT_HEADERDATA, me)
        unsafe ccurl_set_data_callback(easy.pointer, CURLOPT_HEADERFUNCTION, onHeader)
        unsafe ccurl_set_pointer(easy.pointer, CURLOPT_WRITEDATA, me)
        unsafe ccurl_set_data_callback(easy.pointer, CURLOPT_WRITEFUNCTION, onBody)
        unsafe ccurl_set_pointer(easy.pointer, CURLOPT_OPENSOCKETDATA, me)
        unsafe ccurl_set_socket_callback(easy.pointer, onSocket)
    }

    private func setMethod(_ request: HTTPRequest) {
        if request.method == "HEAD" {
            unsafe ccurl_set_long(easy.pointer, CURLOPT_NOBODY, 1)
        } else if request.body != nil || ["POST", "PUT", "PATCH"].contains(request.method) {
            let body = request.body ?? []
            unsafe ccurl_set_long(easy.pointer, CURLOPT_POST, 1)
            unsafe ccurl_set_size(easy.pointer, CURLOPT_POSTFIELDSIZE_LARGE, curl_off_t(body.count))
            _ = unsafe body.withUnsafeBytes { bytes in
                unsafe ccurl_set_pointer(easy.pointer, CURLOPT_COPYPOSTFIELDS, bytes.baseAddress)
            }
        }
        if !["GET", "HEAD"].contains(request.method) || request.body != nil {
            unsafe ccurl_set_text(easy.pointer, CURLOPT_CUSTOMREQUEST, request.method)
        }
        // On a kept connection that turns out dead curl sends again by itself: never a thing that changes something.
        if !request.isRepeatable { unsafe ccurl_set_long(easy.pointer, CURLOPT_FRESH_CONNECT, 1) }
    }

    private func setHeaders(_ request: HTTPRequest) {
        unsafe curl_slist_free_all(headerList)
        unsafe headerList = nil
        addHeader("Expect:")  // no waiting for 100 Continue
        let hasType = request.headers.contains { $0.0.lowercased() == "content-type" }
        if !hasType { addHeader("Content-Type:") }  // curl would claim a form
        for (name, value) in request.headers { addHeader(value.isEmpty ? "\(name);" : "\(name): \(value)") }
        unsafe ccurl_set_pointer(easy.pointer, CURLOPT_HTTPHEADER, headerList)
    }

    private func addHeader(_ line: String) {
        if let longer = unsafe curl_slist_append(headerList, line) { unsafe headerList = unsafe longer }
    }
}

private func onHeader(_ bytes: UnsafeMutablePointer<CChar>?, _ size: Int, _ count: Int, _ me: UnsafeMutableRawPointer?)
    -> Int
{
    guard let me = unsafe me else { return 0 }
    let line = unsafe UnsafeRawBufferPointer(start: bytes, count: size * count)
    return unsafe Unmanaged<Exchange>.fromOpaque(me).takeUnretainedValue().receiveHeader(line)
}

private func onBody(_ bytes: UnsafeMutablePointer<CChar>?, _ size: Int, _ count: Int, _ me: UnsafeMutableRawPointer?)
    -> Int
{
    guard let me = unsafe me else { return 0 }
    let body = unsafe UnsafeRawBufferPointer(start: bytes, count: size * count)
    return unsafe Unmanaged<Exchange>.fromOpaque(me).takeUnretainedValue().receiveBody(body)
}

private func onSocket(
    _ me: UnsafeMutableRawPointer?, _ purpose: curlsocktype, _ address: UnsafeMutablePointer<curl_sockaddr>?
) -> curl_socket_t {
    guard let me = unsafe me, let address = unsafe address else { return -1 }
    return unsafe Unmanaged<Exchange>.fromOpaque(me).takeUnretainedValue().openSocket(address)
}
