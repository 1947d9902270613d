package import CCurl

/// What one of curl's error codes means for the caller.
package struct CurlFailure {
    let code: CURLcode
    /// Text of curl's error buffer.
    let said: String
    /// Whether the answer had begun.
    let hasHead: Bool

    package init(code: CURLcode, said: String, hasHead: Bool) {
        self.code = code
        self.said = said
        self.hasHead = hasHead
    }

    package func reason(_ connectTimeout: Duration) -> UpstreamError.Reason {
        switch code {
        case CURLE_OPERATION_TIMEDOUT: .timedOut(after: connectTimeout)
        case CURLE_PARTIAL_FILE: .truncated
        case CURLE_RECV_ERROR where hasHead: .truncated
        case CURLE_BAD_CONTENT_ENCODING: .undecodable(field: "Content-Encoding")
        case CURLE_UNSUPPORTED_PROTOCOL, CURLE_WEIRD_SERVER_REPLY, CURLE_HTTP2: .undecodable(field: "HTTP head")
        case CURLE_URL_MALFORMAT: .invalid("URL")
        default: .unreachable
        }
    }

    /// The text for people; curl's own only where it names nothing but host, port and certificate.
    package var cause: String {
        switch code {
        case CURLE_COULDNT_RESOLVE_HOST, CURLE_COULDNT_CONNECT, CURLE_OPERATION_TIMEDOUT, CURLE_SSL_CONNECT_ERROR,
            CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CACERT_BADFILE, CURLE_GOT_NOTHING, CURLE_PARTIAL_FILE,
            CURLE_RECV_ERROR, CURLE_SEND_ERROR:
            said.isEmpty ? general : said
        default: general
        }
    }

    private var general: String { unsafe String(cString: curl_easy_strerror(code)) }
}
