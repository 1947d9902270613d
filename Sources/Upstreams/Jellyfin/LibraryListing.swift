public import Media

/// Takes what a library listing yields, in the order of the pages.
public protocol LibraryReceiver: AnyObject {
    /// The listing begins again from its first page: forget what came so far.
    func restart()
    /// One film or series; `item` is lent and reused.
    func receive(_ item: borrowing LibraryItem) throws
    /// One item that could not be read; the rest goes on.
    func reject(_ item: RejectedItem)
    /// Another page is in.
    func pageDone(read: Int, of total: Int) throws
}

/// An item of a listing that could not be understood.
public struct RejectedItem: Sendable, Hashable {
    public var id: String
    public var title: String
    public var detail: String

    public init(id: String, title: String, detail: String) {
        self.id = id
        self.title = title
        self.detail = detail
    }
}
