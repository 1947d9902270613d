import Foundation
import Glibc
import Synchronization

/// One of our programs, running as a process of its own.
final class Program: Sendable {
    let pid: Int32
    private let output: Mutex<String>
    private let process: SendableProcess

    /// `Process` is used from one test only; the box says so.
    private final class SendableProcess: @unchecked Sendable {
        let process = Process()
    }

    init(_ name: String, _ arguments: [String], environment: [String: String]) throws {
        let box = SendableProcess()
        process = box
        box.process.executableURL = Self.folder.appending(path: name)
        box.process.arguments = arguments
        box.process.environment = environment.merging(["PATH": "/usr/bin:/bin", "TZ": "UTC"]) { given, _ in given }
        let pipe = Pipe()
        box.process.standardOutput = pipe
        box.process.standardError = pipe
        let text = TextBox()
        pipe.fileHandleForReading.readabilityHandler = { handle in text.append(handle.availableData) }
        try box.process.run()
        pid = box.process.processIdentifier
        output = Mutex("")
        self.text = text
    }

    private let text: TextBox

    /// Everything the program has written so far.
    var log: String { text.value }

    var isRunning: Bool { process.process.isRunning }

    func kill(_ signal: Int32) { _ = Glibc.kill(pid, signal) }

    /// Waits for the end.
    ///
    /// - Returns: the exit code; nil when the program still runs after `limit`.
    func end(within limit: Duration = .seconds(30)) async -> Int32? {
        let isOver = await eventually(limit) { !self.isRunning }
        return isOver ? process.process.terminationStatus : nil
    }

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
        // The last bytes may arrive just after the end.
        _ = await eventually(.milliseconds(200)) { false }
        return (code, program.log)
    }
}

final class TextBox: Sendable {
    private let text = Mutex("")

    func append(_ data: Data) { text.withLock { $0 += String(decoding: data, as: UTF8.self) } }
    var value: String { text.withLock { $0 } }
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
