final class PostgresListener: Sendable {
    init(url: String, _ hub: NoticeHub) {}
    func run() {}
    func stop() {}
}
