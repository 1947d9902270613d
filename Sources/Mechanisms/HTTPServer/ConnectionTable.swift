import Lifecycle

/// All open connections, found by number; counts them per address.
final class ConnectionTable: Sendable {
    private struct State: Sendable {
        var lastID: UInt64 = 0
        var connections: [UInt64: Connection] = [:]
        var perAddress: [String: Int] = [:]
    }

    private let state = Locked(State())

    var isEmpty: Bool { state.withLock { $0.connections.isEmpty } }

    func count(of address: String) -> Int { state.withLock { $0.perAddress[address, default: 0] } }

    func open(socket: Int32, remoteAddress: String) -> Connection {
        state.withLock { state in
            state.lastID += 1
            let connection = Connection(id: state.lastID, socket: socket, remoteAddress: remoteAddress)
            state.connections[connection.id] = connection
            state.perAddress[remoteAddress, default: 0] += 1
            return connection
        }
    }

    /// Called before the socket is closed: afterwards nobody uses its number any more.
    func close(_ connection: Connection) {
        state.withLock { state in
            guard state.connections.removeValue(forKey: connection.id) != nil else { return }
            let left = state.perAddress[connection.remoteAddress, default: 1] - 1
            state.perAddress[connection.remoteAddress] = left > 0 ? left : nil
        }
    }

    func find(_ id: UInt64) -> Connection? { state.withLock { $0.connections[id] } }

    func cutOverdue(_ limits: ServerOptions.Limits) {
        let now = ContinuousClock.now
        state.withLock { state in
            for connection in state.connections.values { connection.cutIfOverdue(now: now, limits) }
        }
    }
}
