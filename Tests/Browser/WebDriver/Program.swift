import Foundation
import Glibc
import Synchronization

/// A child process whose output is read line by line; stopped by its own pid.
final class Program: Sendable {
    private struct Output {
        var lines: [String] = []
        var rest = ""
        var isOver = false
    }

    let name: String
    private let output = Mutex(Output())
    private let process: Mutex<Process>

    /// Starts `path` with `arguments` and, beside our own, the given environment.
    init(_ path: String, _ arguments: [String], environment: [String: String] = [:]) throws {
        name = URL(fileURLWithPath: path).lastPathComponent
        let process = Process()
        process.executableURL = URL(fileURLWithPath: path)
        process.arguments = arguments
        process.environment = ProcessInfo.processInfo.environment.merging(environment) { _, new in new }
        let pipe = Pipe()
        process.standardOutput = pipe
        process.standardError = pipe
        self.process = Mutex(process)
        try self.process.withLock { try $0.run() }
        // A thread of its own: a `readabilityHandler` whose pipe is closed under it crashes in libdispatch.
        Thread.detachNewThread { [self] in
            while let bytes = Self.read(pipe.fileHandleForReading.fileDescriptor) { take(bytes) }
            output.withLock { $0.isOver = true }
        }
    }

    private static func read(_ descriptor: Int32) -> [UInt8]? {
        var buffer = [UInt8](repeating: 0, count: 4096)
        let count = unsafe buffer.withUnsafeMutableBytes { unsafe Glibc.read(descriptor, $0.baseAddress, $0.count) }
        return count > 0 ? Array(buffer[..<count]) : nil
    }

    private func take(_ bytes: [UInt8]) {
        output.withLock { output in
            output.rest += String(decoding: bytes, as: UTF8.self)
            var parts = output.rest.components(separatedBy: "\n")
            output.rest = parts.removeLast()
            output.lines += parts
        }
    }

    /// Everything said so far.
    var lines: [String] { output.withLock { $0.lines } }

    /// Whether it has closed its output, which ends with the process.
    var isOver: Bool { output.withLock { $0.isOver } }

    /// Waits until `find` finds something in what has been said.
    func wait<Found>(_ what: String, _ find: ([String]) -> Found?) async throws -> Found {
        try await poll("\(name): \(what)\n\(lines.suffix(20).joined(separator: "\n"))", until: .seconds(30)) {
            if let found = find(lines) { return found }
            if isOver { throw Waiting(what: "\(name) ended before: \(what)\n\(lines.joined(separator: "\n"))") }
            return nil
        }
    }

    /// Ends it: asked first, made to after five seconds.
    func stop() async {
        let id = process.withLock { process in
            process.terminate()
            return process.processIdentifier
        }
        let isGone: Void? = try? await poll("end of \(name)", until: .seconds(5)) { Self.hasEnded(id) ? () : nil }
        if isGone == nil { kill(id, SIGKILL) }
    }

    /// Not `isRunning`: that stays true while a grandchild holds the pipe Foundation watches.
    private static func hasEnded(_ id: pid_t) -> Bool {
        var info = unsafe siginfo_t()
        let options = WEXITED | WNOHANG | WNOWAIT
        let result = unsafe waitid(P_PID, id_t(id), &info, options)
        return unsafe result != 0 || info._sifields._kill.si_pid == id
    }
}

/// Something that did not come.
struct Waiting: Error, CustomStringConvertible {
    let what: String
    var description: String { "waited in vain for \(what)" }
}

/// Asks `find` every 20 ms until it finds something or `limit` is over.
func poll<Found>(
    _ what: @autoclosure () -> String, until limit: Duration, _ find: () async throws -> Found?
) async throws -> Found {
    let end = ContinuousClock.now + limit
    while ContinuousClock.now < end {
        if let found = try await find() { return found }
        try await Task.sleep(for: .milliseconds(20))
    }
    throw Waiting(what: what())
}
