public import HTML

/// Whether the services answer, when they were last heard, and which webhooks found no request.
public struct StatusPage: Component, Sendable {
    /// The page's model.
    public struct Model: Sendable {
        public var services: [ServiceRow.Model] = []
        /// Newest first; empty for viewers who may not operate.
        public var unmatched: [UnmatchedList.Entry] = []
        public var unmatchedTotal: Int64 = 0
        /// A message for this view, such as why Marquee itself is not ready.
        public var notice: Notice?
        /// The newest event id the model was read at.
        public var version: Int64 = 0

        public init() {}
    }

    let model: Model
    let page: PageContext

    /// The page's main part, without the layout.
    public init(_ model: Model, _ page: PageContext) {
        self.model = model
        self.page = page
    }

    public var body: Markup {
        header(.class("page-head")) {
            h1 { page[.statusTitle] }
            p(.class("lead")) { page[.statusLead] }
        }
        if let notice = model.notice { notice }
        services
        if page.mayOperate { UnmatchedList(model.unmatched, total: model.unmatchedTotal, page) }
    }

    /// One region of the page, for `?fragment=`; nil if there is no region of that name.
    public func fragment(_ region: String) -> Markup? {
        region == "main" ? Layout.main(body) : nil
    }

    private var services: Markup {
        section(.class("block"), .id("services"), .aria("labelledby", "services-title")) {
            h2(.id("services-title")) { page[.statusServices] }
            if model.services.isEmpty {
                EmptyState(.status, page[.statusNoServices], page[.setUpLead])
            } else {
                div(.class("table-frame")) {
                    table(.class("requests services")) {
                        caption(.class("hidden")) { page[.statusServices] }
                        thead { tr { columns } }
                        tbody {
                            for service in model.services { ServiceRow(service, page) }
                        }
                    }
                }
            }
        }
    }

    @MarkupBuilder private var columns: Markup {
        th(.scope("col")) { page[.statusService] }
        th(.scope("col")) { page[.statusReachable] }
        if page.mayOperate {
            th(.scope("col")) { page[.statusVersion] }
            th(.scope("col")) { page[.statusLatency] }
            th(.scope("col")) { page[.statusHeard] }
            th(.scope("col")) { page[.statusPolled] }
        }
    }
}
