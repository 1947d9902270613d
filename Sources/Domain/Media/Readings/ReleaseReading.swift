/// One release that an indexer offers for a film or episode (upstreams.md §2.1).
public struct ReleaseReading: Sendable, Hashable {
    public var title: String
    public var indexer: String?
    public var quality: String?
    /// Bytes.
    public var size: Int64?
    public var isRejected: Bool
    /// Why, in the program's own words.
    public var rejections: [String]

    public init(title: String, isRejected: Bool, rejections: [String] = []) {
        self.title = title
        self.isRejected = isRejected
        self.rejections = rejections
    }
}
