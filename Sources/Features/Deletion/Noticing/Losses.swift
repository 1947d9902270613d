import Media
import Store
import Synchronization

/// What webhooks told of losses and nobody has got to the bottom of yet.
final class Losses: Sendable {
    private struct State {
        /// The last webhook that was looked at; after a start all that are kept come once more.
        var cursor: Int64 = 0
        var open: [Loss] = []
    }

    /// A signal with the time of its webhook.
    struct Loss: Sendable {
        var signal: RemovalSignal
        var inbox: Int64
    }

    /// How long an origin that cannot be asked is asked again.
    static let patience = Duration.seconds(24 * 3_600)

    private let state = Mutex(State())

    var cursor: Int64 { state.withLock(\.cursor) }
    var open: [Loss] { state.withLock(\.open) }

    func add(_ losses: [Loss], cursor: Int64) {
        state.withLock { state in
            state.cursor = max(state.cursor, cursor)
            state.open += losses
        }
    }

    func settle(_ inbox: Int64) { state.withLock { $0.open.removeAll { $0.inbox == inbox } } }
}
