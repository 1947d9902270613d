import Foundation
import TestSupport

/// One of our programs, running as a process of its own.
struct Program: Sendable {
    private let process: ChildProcess

    init(_ name: String, _ arguments: [String], environment: [String: String]) throws {
        process = try ChildProcess(
            Self.folder.appending(path: name).path, arguments,
            environment: environment.merging(["PATH": "/usr/bin:/bin", "TZ": "UTC"]) { given, _ in given })
    }

    var pid: pid_t { process.pid }
    /// Everything the program has written so far.
    var log: String { process.output }
    var isRunning: Bool { process.isRunning }

    func kill(_ signal: Int32) { process.signal(signal) }

    /// Waits for the end.
    ///
    /// - Returns: the exit code; nil when the program still runs after `limit`.
    func end(within limit: Duration = .seconds(30)) async -> Int32? { await process.end(within: limit) }

    /// The folder of the built programs: beside the test bundle.
    static var folder: URL {
        URL(filePath: Swift.CommandLine.arguments[0]).deletingLastPathComponent()
    }

    /// Runs a program to its end.
    static func run(
        _ name: String, _ arguments: [String], environment: [String: String]
    ) async throws -> (code: Int32, output: String) {
        let program = try Program(name, arguments, environment: environment)
        let code = await program.end(within: .seconds(120)) ?? -1
        return (code, program.log)
    }
}

/// Runs a program of the system to its end, with what we are allowed.
///
/// - Returns: the exit code; -1 when it did not end.
func tool(_ path: String, _ arguments: [String]) async throws -> Int32 {
    try await ChildProcess(path, arguments).end(within: .seconds(20)) ?? -1
}

/// Asks again until the answer is yes or the time is over.
func eventually(_ limit: Duration = .seconds(20), _ condition: () async -> Bool) async -> Bool {
    let end = ContinuousClock.now + limit
    while ContinuousClock.now < end {
        if await condition() { return true }
        try? await Task.sleep(for: .milliseconds(20))
    }
    return await condition()
}
