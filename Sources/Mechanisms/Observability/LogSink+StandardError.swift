import Glibc
import Synchronization

extension LogSink {
    private static let turn = Mutex(())

    /// Writes a line to standard error, whole, whatever other threads write.
    ///
    /// A reader that stalls for a second loses the rest of the line rather than stopping the program.
    public static func standardError(_ line: [UInt8]) {
        turn.withLock { _ in
            var written = 0
            var patience = 10
            while written < line.count {
                let count = unsafe line.withUnsafeBytes { bytes in
                    unsafe Glibc.write(STDERR_FILENO, bytes.baseAddress?.advanced(by: written), bytes.count - written)
                }
                if count > 0 {
                    written += count
                } else if errno == EAGAIN, patience > 0 {
                    patience -= 1
                    var descriptor = pollfd(fd: STDERR_FILENO, events: Int16(POLLOUT), revents: 0)
                    unsafe poll(&descriptor, 1, 100)
                } else if errno != EINTR {
                    return
                }
            }
        }
    }
}
