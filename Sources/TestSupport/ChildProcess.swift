import Foundation
public import Glibc
import Synchronization

/// A program that runs beside the tests and is ended by its own pid.
///
/// Not Foundation's `Process`: on Linux that hears of an end through a socket which every program started meanwhile
/// inherits, so a child counts as running until those have ended too (seen with Swift 6.3.1).
public final class ChildProcess: Sendable {
    /// The file's name, for messages.
    public let name: String
    public let pid: pid_t
    private let written: Output
    private let exit: Mutex<Int32?>
    private static let starting = Mutex(())

    /// What came out of it; the thread that reads holds this and not the process.
    private final class Output: Sendable {
        let bytes = Mutex((all: [UInt8](), isOver: false))

        func read(_ descriptor: Int32) {
            var buffer = [UInt8](repeating: 0, count: 16_384)
            while true {
                let count = unsafe buffer.withUnsafeMutableBytes {
                    unsafe Glibc.read(descriptor, $0.baseAddress, $0.count)
                }
                if count < 0 && errno == EINTR { continue }
                guard count > 0 else { break }
                bytes.withLock { $0.all += buffer[..<count] }
            }
            close(descriptor)
            bytes.withLock { $0.isOver = true }
        }
    }

    /// Starts the program at `path`; what it writes to standard output and error is kept together.
    ///
    /// With an `environment` it gets that alone, otherwise ours.
    /// - Throws: `NotStarted`.
    public init(_ path: String, _ arguments: [String], environment: [String: String]? = nil) throws {
        name = URL(filePath: path).lastPathComponent
        let environment = (environment ?? ProcessInfo.processInfo.environment).map { "\($0)=\($1)" }
        // One at a time: a pipe made while another child starts would be held open by that child.
        let started = try Self.starting.withLock { _ in
            var ends: [Int32] = [0, 0]
            guard unsafe pipe(&ends) == 0 else { throw NotStarted(path: path, reason: errno) }
            for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
            defer { close(ends[1]) }
            do {
                return (pid: try Self.spawn(path, arguments, environment, output: ends[1]), output: ends[0])
            } catch {
                close(ends[0])
                throw error
            }
        }
        pid = started.pid
        exit = Mutex(nil)
        written = Output()
        Thread.detachNewThread { [written] in written.read(started.output) }
    }

    deinit { _ = exitCode }

    /// Everything written so far.
    public var output: String { written.bytes.withLock { String(decoding: $0.all, as: UTF8.self) } }

    /// Whether nothing more can be written: it and all that it started have ended.
    public var isOutputOver: Bool { written.bytes.withLock(\.isOver) }

    /// What it ended with, 128 and the signal when one ended it; nil while it runs.
    public var exitCode: Int32? {
        exit.withLock { code in
            if code != nil { return code }
            var status: Int32 = 0
            guard unsafe waitpid(pid, &status, WNOHANG) == pid else { return nil }
            code = status & 0x7f == 0 ? (status >> 8) & 0xff : 128 + status & 0x7f
            return code
        }
    }

    public var isRunning: Bool { exitCode == nil }

    /// Sends a signal, unless it has ended: its pid may be another's by then.
    public func signal(_ signal: Int32) {
        guard isRunning else { return }
        _ = kill(pid, signal)
    }

    /// Waits for the end and for the last that it wrote.
    ///
    /// - Returns: the exit code; nil when the program still runs after `limit`.
    public func end(within limit: Duration) async -> Int32? {
        let last = ContinuousClock.now + limit
        while isRunning {
            if ContinuousClock.now > last { return nil }
            try? await Task.sleep(for: .milliseconds(10))
        }
        // A grandchild may hold the output open for ever.
        let patience = ContinuousClock.now + .seconds(1)
        while !isOutputOver && ContinuousClock.now < patience { try? await Task.sleep(for: .milliseconds(5)) }
        return exitCode
    }

    /// A program that could not be started, with the system's error number.
    public struct NotStarted: Error, CustomStringConvertible {
        public let path: String
        public let reason: Int32

        public var description: String { unsafe "\(path) could not be started: \(String(cString: strerror(reason)))" }
    }

    // MARK: Start

    private static func spawn(
        _ path: String, _ arguments: [String], _ environment: [String], output: Int32
    ) throws(NotStarted) -> pid_t {
        var actions = unsafe posix_spawn_file_actions_t()
        unsafe posix_spawn_file_actions_init(&actions)
        defer { unsafe posix_spawn_file_actions_destroy(&actions) }
        unsafe posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
        unsafe posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO)
        unsafe posix_spawn_file_actions_adddup2(&actions, output, STDERR_FILENO)
        let words = unsafe ([path] + arguments).map { unsafe strdup($0) } + [nil]
        let settings = unsafe environment.map { unsafe strdup($0) } + [nil]
        defer { unsafe (words + settings).forEach { unsafe free($0) } }
        var pid: pid_t = 0
        let code = unsafe posix_spawn(&pid, path, &actions, nil, words, settings)
        guard code == 0 else { throw NotStarted(path: path, reason: code) }
        return pid
    }
}
