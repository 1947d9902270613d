import API
import Changes
import Database
import Observability
import Store
import Synchronization

/// Figures that are read when somebody asks for them.
struct OwnMetrics: Sendable {
    private let metrics: Metrics
    private let store: Store
    private let board: HealthBoard

    init(_ metrics: Metrics, store: Store, board: HealthBoard) {
        self.metrics = metrics
        self.store = store
        self.board = board
    }

    func register() {
        let build = metrics.gauge("marquee_build_info", help: "The running version.", labels: ["version"])
        build.set(1, Application.version)
        let up = metrics.gauge(
            "marquee_upstream_up", help: "Whether a service answered its last check.", labels: ["service", "instance"])
        let queue = metrics.gauge("marquee_db_write_queue", help: "Writes waiting for the writer.")
        let size = metrics.gauge("marquee_db_size_bytes", help: "Size of the database.")
        let clients = metrics.gauge("marquee_sse_clients", help: "Open event streams.")
        metrics.collectProcess()
        metrics.collect { [board, store] in
            for entry in board.entries {
                if let isUp = entry.isReachable { up.set(isUp ? 1 : 0, entry.service, entry.instance) }
            }
            queue.set(Double(store.database.queueDepth))
            size.set(Double(store.database.sizeBytes))
            clients.set(Double(store.changes.listenerCount))
        }
    }
}
