import Synchronization

/// How many event streams are open, in all and for each identity (security.md §7).
final class StreamSeats: Sendable {
    /// Why there is no seat.
    enum Full: Error { case all, identity }

    private struct State {
        var all = 0
        var perIdentity: [String: Int] = [:]
    }

    private let most: Int
    private let mostPerIdentity: Int
    private let state = Mutex(State())

    init(_ limits: CallerLimits) {
        most = limits.streams
        mostPerIdentity = limits.streamsPerIdentity
    }

    var taken: Int { state.withLock { $0.all } }

    /// A seat that is free again as soon as nobody holds it, however its stream ends.
    func take(_ identity: String) throws(Full) -> Seat {
        let refusal = state.withLock { state -> Full? in
            let own = state.perIdentity[identity, default: 0]
            if own >= mostPerIdentity { return .identity }
            if state.all >= most { return .all }
            state.all += 1
            state.perIdentity[identity] = own + 1
            return nil
        }
        if let refusal { throw refusal }
        return Seat(self, identity)
    }

    private func free(_ identity: String) {
        state.withLock { state in
            state.all -= 1
            let left = state.perIdentity[identity, default: 1] - 1
            state.perIdentity[identity] = left > 0 ? left : nil
        }
    }

    /// One open stream's place.
    final class Seat: Sendable {
        private let seats: StreamSeats
        private let identity: String

        fileprivate init(_ seats: StreamSeats, _ identity: String) {
            self.seats = seats
            self.identity = identity
        }

        deinit { seats.free(identity) }
    }
}
