import HTTPClient
import TestSupport
import Testing

/// What the program says of its API; every answer that these tests get is held against it.
enum Contract {
    private static let described = Task {
        let (code, text) = try await Program.run("marquee", ["openapi"], environment: [:])
        guard code == 0 else { throw NotStarted(log: text) }
        return try APIContract(text)
    }

    /// Records every difference between an answer and its description.
    static func expect(_ method: String, _ path: String, _ answer: Answer) async throws {
        let sent = APIContract.Answer(answer.status, type: answer.headers["Content-Type"], body: answer.text)
        for fault in try await described.value.faults(method, path, sent) { Issue.record("\(fault)") }
    }
}
