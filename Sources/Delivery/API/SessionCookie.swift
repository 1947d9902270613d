import HTTPServer

/// The cookie of a session (security.md §2).
extension API {
    /// Browsers refuse the prefix `__Host-` over plain HTTP; an HTTPS request never accepts the plain cookie.
    func cookieName(_ request: Request) -> String {
        let name = "marquee" + basePath.replacing("/", with: "-")
        return isSecure(request) ? "__Host-" + name : name
    }

    /// The session that a browser shows; nil over plain HTTP where HTTPS is required.
    func sessionToken(_ request: Request) -> String? {
        requiresHTTPS && !isSecure(request) ? nil : request.headers.cookie(cookieName(request))
    }

    func cookie(_ token: String, _ request: Request) -> SetCookie {
        SetCookie(cookieName(request), token, isSecure: isSecure(request), maxAge: .seconds(30 * 86_400))
    }

    /// Ends the cookie in the browser.
    func emptyCookie(_ request: Request) -> SetCookie {
        SetCookie(cookieName(request), "", isSecure: isSecure(request), maxAge: .zero)
    }

    /// Whether the sender came over HTTPS, as a trusted proxy says.
    func isSecure(_ request: Request) -> Bool { access.forwarding.origin(request).hasPrefix("https://") }
}
