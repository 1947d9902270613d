import Foundation
import Glibc
import Synchronization

/// A tiny HTTP server for testing the module alone: every page and event is the test's own choice.
///
/// One thread for each connection, one request for each connection: enough for one browser.
final class PageServer: Sendable {
    struct Request: Sendable {
        var method = ""
        var path = ""
        var query = ""
        var headers: [String: String] = [:]
        var body = ""
    }

    struct Answer: Sendable {
        var status = 200
        var type = "text/html; charset=utf-8"
        var headers: [(String, String)] = []
        var body: [UInt8] = []
    }

    private struct State {
        var requests: [Request] = []
        var streams: [Int32] = []
        /// The status new streams are refused with.
        var refusal: Int?
    }

    private let state = Mutex(State())
    private let listener: Int32
    let url: String
    private let answer: @Sendable (Request) -> Answer?

    /// Listens on a free port of loopback; `answer` is asked for every request but those of the event stream.
    init(_ answer: @escaping @Sendable (Request) -> Answer?) throws {
        let (socket, port) = try Loopback.listen()
        listener = socket
        url = "http://127.0.0.1:\(port)"
        self.answer = answer
        Thread.detachNewThread { [self] in acceptAll() }
    }

    func stop() {
        shutdown(listener, Int32(SHUT_RDWR))
        close(listener)
        cutStreams()
    }

    var requests: [Request] { state.withLock { $0.requests } }
    var streamCount: Int { state.withLock { $0.streams.count } }

    /// Sends one event to every open stream.
    func send(_ event: String, id: Int, data: String) {
        write("id: \(id)\nevent: \(event)\ndata: \(data)\n\n")
    }

    func write(_ text: String) {
        for stream in state.withLock(\.streams) { Loopback.write(Array(text.utf8), to: stream) }
    }

    /// Cuts every stream, and refuses new ones if asked to.
    func cutStreams(refuseNew: Bool = false, status: Int = 503) {
        let streams = state.withLock { state in
            defer { state.streams = [] }
            state.refusal = refuseNew ? status : nil
            return state.streams
        }
        for stream in streams {
            shutdown(stream, Int32(SHUT_RDWR))
            close(stream)
        }
    }

    private func acceptAll() {
        while true {
            let connection = accept(listener, nil, nil)
            if connection < 0 { return }
            Thread.detachNewThread { [self] in serve(connection) }
        }
    }

    private func serve(_ connection: Int32) {
        guard let request = Self.read(from: connection) else {
            close(connection)
            return
        }
        let refusal = state.withLock { state in
            state.requests.append(request)
            return state.refusal
        }
        if request.path == "/api/events" && refusal == nil {
            let head =
                "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nCache-Control: no-store\r\n\r\n: hello\n\n"
            Loopback.write(Array(head.utf8), to: connection)
            state.withLock { $0.streams.append(connection) }
            return
        }
        let isEvents = request.path == "/api/events"
        let answer = isEvents ? Answer(status: refusal ?? 503) : self.answer(request) ?? Answer(status: 404)
        var head = "HTTP/1.1 \(answer.status) X\r\nContent-Type: \(answer.type)\r\nConnection: close\r\n"
        for (name, value) in answer.headers { head += "\(name): \(value)\r\n" }
        head += "Content-Length: \(answer.body.count)\r\n\r\n"
        Loopback.write(Array(head.utf8) + answer.body, to: connection)
        close(connection)
    }

    private static func read(from connection: Int32) -> Request? {
        var bytes: [UInt8] = []
        while let more = Loopback.read(from: connection) {
            bytes += more
            if let request = parse(String(decoding: bytes, as: UTF8.self)) { return request }
        }
        return nil
    }

    private static func parse(_ text: String) -> Request? {
        guard let end = text.range(of: "\r\n\r\n") else { return nil }
        var lines = text[..<end.lowerBound].components(separatedBy: "\r\n")
        let first = lines.removeFirst().split(separator: " ").map(String.init)
        guard first.count == 3 else { return nil }
        var request = Request()
        request.method = first[0]
        let target = first[1].split(separator: "?", maxSplits: 1).map(String.init)
        request.path = target[0]
        request.query = target.count > 1 ? target[1] : ""
        for line in lines {
            let parts = line.split(separator: ":", maxSplits: 1)
            guard parts.count == 2 else { continue }
            request.headers[parts[0].lowercased()] = parts[1].trimmingCharacters(in: .whitespaces)
        }
        request.body = String(text[end.upperBound...])
        return request.body.utf8.count >= Int(request.headers["content-length"] ?? "0") ?? 0 ? request : nil
    }
}
