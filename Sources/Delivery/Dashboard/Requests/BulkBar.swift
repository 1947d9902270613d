import HTML

/// What can be done with the rows that are ticked; their boxes belong to this form wherever they stand.
struct BulkBar: Component {
    /// The form's id, which the boxes name.
    static let form = "bulk"

    /// The address of the list, to come back to.
    let query: String
    let page: PageContext
    /// Whether what is ticked can be deleted only, as what has ended.
    var onlyDeletes = false

    var body: Markup {
        ActionForm(page, action: "/requests/bulk", cssClass: "actions bulk", id: Self.form) {
            input(.type("hidden"), .name("query"), .value(query))
            span(.class("js muted")) {
                strong(.id("picked")) { "0" }
                " " + page[.bulkPicked]
            }
            if !onlyDeletes {
                ActionButton(.secondary, page[.bulkVerify], icon: .eye, name: "do", value: "verify")
            }
            if page.mayOperate {
                if !onlyDeletes {
                    ActionButton(.secondary, page[.bulkRetry], icon: .undo, name: "do", value: "retry")
                }
                ActionButton(.secondary, page[.deleteAction], icon: .trash, name: "do", value: "delete")
            }
        }
    }
}

/// What came of the last bulk action.
public struct BulkOutcome: Sendable, Hashable {
    public var wasRetry: Bool
    public var done: Int64
    /// Those it did not apply to, or could not be asked for now.
    public var refused: Int64

    public init(wasRetry: Bool, done: Int64, refused: Int64) {
        self.wasRetry = wasRetry
        self.done = done
        self.refused = refused
    }

    /// Reads what `text` wrote.
    public init?(text: String) {
        let parts = text.split(separator: ".")
        guard parts.count == 3, parts[0] == "verify" || parts[0] == "retry", let done = Int64(parts[1]),
            let refused = Int64(parts[2]), done >= 0, refused >= 0
        else { return nil }
        self.init(wasRetry: parts[0] == "retry", done: done, refused: refused)
    }

    /// For an address: `verify.3.1`.
    public var text: String { "\(wasRetry ? "retry" : "verify").\(done).\(refused)" }

    func notice(_ page: PageContext) -> Notice {
        Notice(
            refused == 0 ? .good : .attention,
            title: page[wasRetry ? .bulkRetried : .bulkVerified, count: done],
            text: refused == 0 ? nil : page[.bulkRefused, count: refused])
    }
}
