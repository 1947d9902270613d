import Foundation
import Glibc
import TestSupport

/// A child process whose output is read line by line; stopped by its own pid.
final class Program: Sendable {
    private let process: ChildProcess
    var name: String { process.name }

    /// Starts `path` with `arguments` and, beside our own, the given environment.
    init(_ path: String, _ arguments: [String], environment: [String: String] = [:]) throws {
        process = try ChildProcess(
            path, arguments, environment: ProcessInfo.processInfo.environment.merging(environment) { _, new in new })
    }

    /// Every whole line said so far.
    var lines: [String] { process.output.components(separatedBy: "\n").dropLast() }

    /// Waits until `find` finds something in what has been said.
    func wait<Found>(_ what: String, _ find: ([String]) -> Found?) async throws -> Found {
        try await poll("\(name): \(what)\n\(lines.suffix(20).joined(separator: "\n"))", until: .seconds(30)) {
            let isOver = process.isOutputOver
            if let found = find(lines) { return found }
            if isOver { throw Waiting(what: "\(name) ended before: \(what)\n\(lines.joined(separator: "\n"))") }
            return nil
        }
    }

    /// Ends it: asked first, made to after five seconds.
    func stop() async {
        process.signal(SIGTERM)
        if await process.end(within: .seconds(5)) == nil { process.signal(SIGKILL) }
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
