import Glibc
import Testing

@testable import HTTPClient

/// Holds a server's thread until the test says go; whoever comes later passes.
final class Gate: Sendable {
    private let isOpen = PThreadLock(false)

    func open() { isOpen.withLock { $0 = true } }

    func wait() {
        while !isOpen.withLock({ $0 }) { usleep(1000) }
    }
}

/// Counts how many are inside at once, and the most there ever were.
final class Crowd: Sendable {
    private let state = PThreadLock((now: 0, most: 0))

    var most: Int { state.withLock { $0.most } }
    var now: Int { state.withLock { $0.now } }

    func enter() {
        state.withLock { state in
            state.now += 1
            state.most = max(state.most, state.now)
        }
    }

    func leave() { state.withLock { $0.now -= 1 } }
}

/// What the kernel says about this process.
enum Memory {
    /// Whether a sanitizer watches, and holds on to what was freed.
    static var isSanitized: Bool {
        unsafe dlsym(nil, "__asan_init") != nil || dlsym(nil, "__tsan_init") != nil
    }

    /// The most memory ever resident: `VmHWM`, as getrusage(2) also counts what was before exec.
    static var peakKilobytes: Int {
        guard let file = unsafe fopen("/proc/self/status", "r") else { return 0 }
        defer { unsafe fclose(file) }
        var text = [UInt8](repeating: 0, count: 8192)
        let count = unsafe fread(&text, 1, text.count, file)
        let lines = String(decoding: text[..<count], as: UTF8.self).split(separator: "\n")
        return lines.first { $0.hasPrefix("VmHWM:") }.flatMap { Int($0.filter(\.isNumber)) } ?? 0
    }
}

/// Polls until a condition holds; fails the test after ten seconds.
func eventually(_ what: Comment, sourceLocation: SourceLocation = #_sourceLocation, _ holds: () -> Bool) async {
    let deadline = ContinuousClock.now + .seconds(10)
    while !holds() {
        guard ContinuousClock.now < deadline else {
            Issue.record(what, sourceLocation: sourceLocation)
            return
        }
        try? await Task.sleep(for: .milliseconds(2))
    }
}

/// Runs a call that should fail, and returns how.
func failure(
    sourceLocation: SourceLocation = #_sourceLocation, of call: () async throws(UpstreamError) -> some Any
) async -> UpstreamError? {
    do {
        _ = try await call()
        Issue.record("the call succeeded", sourceLocation: sourceLocation)
        return nil
    } catch {
        return error
    }
}

extension String {
    /// An answer with status 200 and this body.
    var ok: String { answer(200) }

    func answer(_ status: Int, _ headers: String = "") -> String {
        "HTTP/1.1 \(status) X\r\nContent-Length: \(utf8.count)\r\n\(headers)\r\n\(self)"
    }
}

extension HTTPResponse {
    var text: String { String(decoding: body, as: UTF8.self) }
}

extension HTTPStream {
    /// Reads to the end.
    func collect() async throws(UpstreamError) -> [UInt8] {
        var all: [UInt8] = []
        while let piece = try await next() { all += piece }
        return all
    }
}
