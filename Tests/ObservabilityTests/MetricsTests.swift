import Testing

@testable import Observability

@Suite struct MetricsTests {
    private let metrics = Metrics()

    @Test("counters, gauges and histograms render as Prometheus text, sorted")
    func render() {
        let requests = metrics.counter("m_requests_total", help: "Requests.", labels: ["route", "status"])
        requests.add(1, "/b", "200")
        requests.add(2, "/a", "200")
        requests.add(0.5, "/a", "200")
        metrics.gauge("m_depth", help: "Depth.").set(-3)
        let times = metrics.histogram("m_seconds", help: "Times.", labels: ["route"], buckets: [0.1, 1])
        times.observe(0.1, "/a")
        times.observe(.milliseconds(500), "/a")
        times.observe(7, "/a")
        #expect(
            metrics.render() == """
                # HELP m_depth Depth.
                # TYPE m_depth gauge
                m_depth -3
                # HELP m_requests_total Requests.
                # TYPE m_requests_total counter
                m_requests_total{route="/a",status="200"} 2.5
                m_requests_total{route="/b",status="200"} 1
                # HELP m_seconds Times.
                # TYPE m_seconds histogram
                m_seconds_bucket{route="/a",le="0.1"} 1
                m_seconds_bucket{route="/a",le="1"} 2
                m_seconds_bucket{route="/a",le="+Inf"} 3
                m_seconds_sum{route="/a"} 7.6
                m_seconds_count{route="/a"} 3

                """)
    }

    @Test("label values and help cannot break the format")
    func escaping() {
        metrics.counter("m_total", help: "a\\b\nc \"d\"", labels: ["l"]).add(1, "a\\b\n\"c\" é")
        #expect(
            metrics.render() == """
                # HELP m_total a\\\\b\\nc "d"
                # TYPE m_total counter
                m_total{l="a\\\\b\\n\\"c\\" é"} 1

                """)
    }

    @Test("a counter without labels reads 0 before its first use, and never falls")
    func zero() {
        let counter = metrics.counter("m_total", help: "h")
        #expect(metrics.render().hasSuffix("m_total 0\n"))
        counter.add(-5)
        #expect(metrics.render().hasSuffix("m_total 0\n"))
    }

    @Test("odd numbers keep their Prometheus spelling")
    func numbers() {
        let gauge = metrics.gauge("m", help: "h", labels: ["l"])
        gauge.set(.nan, "a")
        gauge.set(-.infinity, "b")
        gauge.set(1e300, "c")
        let text = metrics.render()
        #expect(text.contains("m{l=\"a\"} NaN\nm{l=\"b\"} -Inf\nm{l=\"c\"} 1e+300\n"))
    }

    @Test("a name asked for twice is one metric")
    func shared() {
        metrics.counter("m_total", help: "h").add()
        metrics.counter("m_total", help: "h").add()
        #expect(metrics.render().hasSuffix("m_total 2\n"))
    }

    @Test("collectors run before each render, and may replace all series")
    func collectors() {
        let gauge = metrics.gauge("m", help: "h", labels: ["l"])
        gauge.set(1, "old")
        metrics.collect {
            gauge.reset()
            gauge.add(2, "new")
        }
        #expect(metrics.render().hasSuffix("gauge\nm{l=\"new\"} 2\n"))
    }

    @Test("counting from many tasks loses nothing")
    func concurrent() async {
        let counter = metrics.counter("m_total", help: "h")
        await withTaskGroup { group in
            for _ in 0..<8 { group.addTask { for _ in 0..<1000 { counter.add() } } }
        }
        #expect(metrics.render().hasSuffix("m_total 8000\n"))
    }
}

@Suite struct ProcessMetricsTests {
    @Test("the process reads its own memory, time, files and start")
    func own() throws {
        let metrics = Metrics()
        metrics.collectProcess()
        let text = metrics.render()
        for name in ["resident_memory_bytes", "cpu_seconds_total", "open_fds", "start_time_seconds"] {
            let line = try #require(text.split(separator: "\n").first { $0.hasPrefix("process_\(name) ") })
            let value = try #require(Double(line.split(separator: " ")[1]))
            #expect(value > 0 || name == "cpu_seconds_total")
        }
    }

    @Test("a process name with parentheses and spaces does not shift the fields")
    func parsing() throws {
        let numbers = (4...30).map(String.init).joined(separator: " ")
        let reading = try #require(
            ProcessReading.parse(
                stat: "1 (a) b (c) S \(numbers)", system: "cpu 1\nbtime 1000\n", openFiles: 9, ticks: 100, page: 4096))
        #expect(reading.cpuSeconds == 0.29)
        #expect(reading.startSeconds == 1000.22)
        #expect(reading.residentBytes == 24 * 4096)
        #expect(reading.openFiles == 9)
        #expect(ProcessReading.parse(stat: "1 (a S 2", system: "", openFiles: 0, ticks: 100, page: 1) == nil)
    }
}
