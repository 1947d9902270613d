/// Listens for notices on a connection of its own, and connects again when it is lost.
final class PostgresListener: Sendable {
    private static let pauses: [Duration] = [.milliseconds(100), .milliseconds(500), .seconds(2), .seconds(5)]

    private let url: String
    private let hub: NoticeHub
    private let pipe: WakePipe

    init(url: String, _ hub: NoticeHub) throws(DatabaseError) {
        self.url = url
        self.hub = hub
        pipe = try WakePipe()
    }

    func stop() { pipe.wake() }

    /// The thread's whole life.
    func run() {
        var failures = 0
        while true {
            do throws(DatabaseError) {
                let session = try PostgresSession(url: url)
                try session.control("LISTEN \(AdvisoryLock.channel)")
                failures = 0
                hub.deliver("")  // what was sent until now may have been missed
                while try session.wait(pipe) {
                    for payload in session.notices() { hub.deliver(payload) }
                }
                return
            } catch {
                // The next connection tells the listeners; the writer's own connection reports the failure.
                let pause = Self.pauses[min(failures, Self.pauses.count - 1)]
                failures += 1
                if pipe.wait(for: -1, timeout: pause) == .woken { return }
            }
        }
    }
}
