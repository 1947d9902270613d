import HTTPClient
import TestSupport
import Testing

/// What the program says of its API; every answer that these tests get is held against it.
enum Contract {
    private static let described = Task {
        let program = try Program("marquee", ["openapi"], environment: [:])
        // That it has ended is told late while other programs are started beside it; that all is there shows in the text.
        guard await eventually(.seconds(60), { program.log.hasSuffix("}\n") }) else {
            throw NotStarted(log: program.log)
        }
        return try APIContract(program.log)
    }

    /// Records every difference between an answer and its description.
    static func expect(_ method: String, _ path: String, _ answer: Answer) async throws {
        let sent = APIContract.Answer(answer.status, type: answer.headers["Content-Type"], body: answer.text)
        for fault in try await described.value.faults(method, path, sent) { Issue.record("\(fault)") }
    }
}
