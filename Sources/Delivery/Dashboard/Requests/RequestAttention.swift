public import HTML

/// Why a request needs a person: the sentence, since when, who says so, in what words, and what can be done.
public struct RequestAttention: Component, Sendable {
    /// The id of the part's element, which is always there, and empty while all is well.
    public static func elementID(_ request: Int64) -> String { "request-\(request)-attention" }

    let row: RequestsPage.Row
    let page: PageContext

    public init(_ row: RequestsPage.Row, _ page: PageContext) {
        self.row = row
        self.page = page
    }

    public var body: Markup {
        div(.id(Self.elementID(row.id)), .class("slot"), .data("version", String(row.version))) {
            if let attention = row.attention { panel(attention) }
        }
    }

    private func panel(_ attention: Attention) -> Markup {
        section(.class("card trouble"), .aria("labelledby", "attention-title")) {
            header(.class("card-head")) {
                div {
                    h2(.id("attention-title")) { AttentionWords.word(attention.code, page) }
                    p(.class("reason")) { bdi { attention.reason } }
                }
                p(.class("muted small")) {
                    ActionWords.service(attention.source, page) + " · " + page[.findingSince] + " "
                    Moment(attention.since)
                }
            }
            if !attention.messages.isEmpty {
                ul(.class("messages"), .aria("label", page[.attentionMessages])) {
                    for message in attention.messages { li { bdi { message } } }
                }
            }
            AttentionActions(row, attention, page)
        }
    }
}
