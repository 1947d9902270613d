/// News of something committed: which object changed, never its content.
///
/// Whoever shows it reads the object again, so nobody sees more than they may, nor anything older than the news.
public struct Change: Sendable, Hashable {
    public enum Topic: String, Sendable, Hashable, CaseIterable {
        case request, requests, job, finding, health, deletion
        /// A request became `deleted`.
        case requestDeleted = "request_deleted"
        /// Settings were saved: for Marquee's own processes, never for those who listen to events.
        case settings
        /// Somebody may do less than before, or has been signed out: for the program itself, never sent to clients.
        case access

        /// Whether listeners outside the program are ever told.
        public var isForClients: Bool { self != .access && self != .settings }
    }

    /// The event's place in the log; nil for news that is not kept, such as progress.
    public var id: Int64?
    public var topic: Topic
    /// The request or job concerned; nil where the topic has no single object.
    public var object: Int64?
    /// Small facts by name, such as `change: created`; JSON text.
    public var data: String

    public init(id: Int64?, topic: Topic, object: Int64? = nil, data: String = "{}") {
        self.id = id
        self.topic = topic
        self.object = object
        self.data = data
    }
}
