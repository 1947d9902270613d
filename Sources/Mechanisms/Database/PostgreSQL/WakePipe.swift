import Glibc

/// Lets one thread wait for a socket and for a wake-up by another thread at the same time.
final class WakePipe: Sendable {
    enum Event { case socket, woken, timeout }

    private let readEnd: Int32
    private let writeEnd: Int32

    init() throws(DatabaseError) {
        var ends: [Int32] = [-1, -1]
        guard unsafe pipe(&ends) == 0 else {
            throw DatabaseError(.busy, "The system gives the database no more file descriptors: raise its limit.")
        }
        readEnd = ends[0]
        writeEnd = ends[1]
    }

    deinit {
        close(readEnd)
        close(writeEnd)
    }

    /// Ends every wait, now and later.
    func wake() {
        var byte: UInt8 = 1
        _ = unsafe write(writeEnd, &byte, 1)
    }

    /// Waits for whichever comes first.
    ///
    /// - Parameters:
    ///   - socket: below zero to wait for the wake-up only.
    ///   - timeout: to the millisecond.
    /// - Returns: what came.
    func wait(for socket: Int32, timeout: Duration) -> Event {
        var watched = [
            pollfd(fd: readEnd, events: Int16(POLLIN), revents: 0),
            pollfd(fd: socket, events: Int16(POLLIN), revents: 0),
        ]
        let (seconds, fraction) = timeout.components
        let milliseconds = Int32(clamping: seconds * 1000 + fraction / 1_000_000_000_000_000)
        let ready = unsafe poll(&watched, nfds_t(watched.count), milliseconds)
        guard ready > 0 else { return .timeout }
        return watched[0].revents != 0 ? .woken : .socket
    }
}
