public import HTML

/// What went wrong, in plain words, and where to go from here.
public struct ErrorPage: Component, Sendable {
    /// The page's model.
    public struct Model: Sendable {
        public var status: Int
        /// A sentence of the failure that is safe to show.
        public var detail: String?
        /// Finds the log line.
        public var traceID: String?

        public init(status: Int, detail: String? = nil, traceID: String? = nil) {
            self.status = status
            self.detail = detail
            self.traceID = traceID
        }
    }

    let model: Model
    let page: PageContext

    /// The page's main part, without the layout.
    public init(_ model: Model, _ page: PageContext) {
        self.model = model
        self.page = page
    }

    /// The text of the tab.
    public var title: String {
        switch model.status {
        case 401: page[.errorUnauthenticated]
        case 403: page[.errorForbidden]
        case 404: page[.errorNotFound]
        case 405: page[.errorMethod]
        case 409: page[.errorConflict]
        case 413: page[.errorTooLarge]
        case 429: page[.errorTooMany]
        case 502: page[.errorUpstream]
        case 503: page[.errorBusy]
        case 400..<500: page[.errorRequest]
        default: page[.errorServer]
        }
    }

    public var body: Markup {
        section(.class("error-page")) {
            p(.class("error-status")) { String(model.status) }
            h1 { title }
            p(.class("lead")) { model.detail ?? hint }
            p(.class("actions")) {
                a(.class("button primary"), .href(page.url("/"))) { page[.errorToActivity] }
                a(.class("button secondary"), .href(page.url("/requests"))) { page[.errorToRequests] }
            }
            if let trace = model.traceID {
                p(.class("muted small")) {
                    page[.errorTrace] + " "
                    code(.data("copy", page[.errorTraceCopy])) { trace }
                }
            }
        }
    }

    /// The whole page.
    public var whole: Markup {
        Layout(page, active: nil, title: title, view: nil) { body }.body
    }

    private var hint: String {
        model.status < 500 ? page[.errorRequestHint] : page[.errorServerHint]
    }
}
