import Observability
import Synchronization
import Testing

/// Collects lines instead of writing them.
final class Lines: Sendable {
    private let lines = Mutex<[String]>([])
    var all: [String] { lines.withLock { $0 } }
    var last: String { all.last ?? "" }
    func append(_ line: [UInt8]) { lines.withLock { $0.append(String(decoding: line, as: UTF8.self)) } }

    func sink(level: LogLevel = .info, format: LogSink.Format = .json, millis: Int64 = 0) -> LogSink {
        LogSink(level: level, format: format, now: { millis }, write: append)
    }
}

@Suite struct LoggerTests {
    private let lines = Lines()

    @Test("a line is one JSON object with the fixed fields first")
    func json() {
        let logger = Logger("sync", sink: lines.sink(millis: 1_768_971_133_042)).with(["job_id": 7])
        logger.info("sync_finished", "done", ["duration_ms": .duration(.milliseconds(1500)), "ok": true, "rate": 2.5])
        #expect(
            lines.all == [
                #"{"ts":"2026-01-21T04:52:13.042Z","level":"info","event":"sync_finished","msg":"done","#
                    + #""component":"sync","job_id":7,"duration_ms":1500.000,"ok":true,"rate":2.5}"# + "\n"
            ])
    }

    @Test("text format shows the same, for eyes")
    func text() {
        let logger = Logger("sync", sink: lines.sink(format: .text))
        logger.warn("sync_late", "late by \(3) h", ["service": "sonarr", "count": 2])
        #expect(
            lines.last
                == "1970-01-01T00:00:00.000Z WARN  sync sync_late: late by 3 h service=\"sonarr\" count=2\n")
    }

    @Test(
        "time is written to the millisecond, before 1970 and in leap years too",
        arguments: [
            (Int64(-1), "1969-12-31T23:59:59.999Z"), (951_782_400_001, "2000-02-29T00:00:00.001Z"),
            (1_709_251_199_999, "2024-02-29T23:59:59.999Z"), (4_107_542_400_000, "2100-03-01T00:00:00.000Z"),
        ])
    func time(millis: Int64, expected: String) {
        Logger("x", sink: lines.sink(millis: millis)).info("e", "m")
        #expect(lines.last.hasPrefix("{\"ts\":\"\(expected)\""))
    }

    @Test("messages below the level are not even built")
    func level() {
        let sink = lines.sink(level: .warn)
        let logger = Logger("sync", sink: sink)
        var built = 0
        func message() -> String {
            built += 1
            return "m"
        }
        logger.info("e", message())
        #expect(built == 0)
        sink.level = .trace
        logger.trace("e", message())
        #expect(built == 1)
        #expect(sink.level == .trace)
    }

    @Test("a component can have its own level, and lose it again")
    func componentLevel() {
        let sink = lines.sink(level: .error)
        sink.setLevel(.debug, for: "sync")
        Logger("sync", sink: sink).debug("e", "heard")
        Logger("http", sink: sink).debug("e", "not heard")
        sink.setLevel(nil, for: "sync")
        Logger("sync", sink: sink).debug("e", "not heard")
        #expect(lines.all.count == 1)
    }

    @Test("nothing in a value can break the line or drive a terminal", arguments: [LogSink.Format.json, .text])
    func controls(format: LogSink.Format) {
        let hostile = "a\n{\"level\":\"error\"}\u{1b}[2J\u{0}\u{7f}\u{9b}31m\u{2028}\u{202e}\r\t\\é🎬"
        Logger("x", sink: lines.sink(format: format)).info("e", hostile, ["title": .string(hostile)])
        let escaped =
            #"a\n{\"level\":\"error\"}\u001b[2J\u0000\u007f\u009b31m\u2028\u202e\r\t\\é🎬"#
        #expect(lines.last.split(separator: escaped, omittingEmptySubsequences: false).count == 3)
        #expect(lines.last.filter { $0 == "\n" }.count == 1)
    }

    @Test("a field cannot pose as one of the line's own")
    func reserved() {
        Logger("x", sink: lines.sink()).info("e", "m", ["level": "error", "msg": "other"])
        #expect(lines.last.contains(#""level_":"error","msg_":"other""#))
        #expect(lines.last.contains(#""level":"info""#))
    }

    @Test("later fields replace earlier ones of the same name")
    func replaced() {
        let logger = Logger("x", sink: lines.sink()).with(["service": "sonarr"]).with(["service": "radarr"])
        logger.info("e", "m", ["status": 1, "status": 2])
        #expect(lines.last.hasSuffix(#""component":"x","service":"radarr","status":2}"# + "\n"))
    }

    @Test("lines from many tasks arrive whole")
    func concurrent() async {
        let logger = Logger("x", sink: lines.sink())
        await withTaskGroup { group in
            for number in 0..<200 { group.addTask { logger.info("e", "line \(number)") } }
        }
        #expect(lines.all.count == 200)
        #expect(lines.all.allSatisfy { $0.hasPrefix("{\"ts\"") && $0.hasSuffix("}\n") })
    }

    @Test("level names are read in any case", arguments: LogLevel.allCases)
    func names(level: LogLevel) {
        #expect(LogLevel(name: level.name.uppercased()) == level)
        #expect(LogLevel(name: "loud") == nil)
    }
}
