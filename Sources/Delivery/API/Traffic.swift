import HTTPServer
import Observability

/// Counts answered requests by route pattern, never by path.
struct Traffic: Sendable {
    private let requests: Counter
    private let durations: Histogram

    init(_ metrics: Metrics) {
        requests = metrics.counter(
            "marquee_http_requests_total", help: "HTTP requests answered.", labels: ["route", "method", "status"])
        durations = metrics.histogram(
            "marquee_http_request_duration_seconds", help: "Time from head to last byte.", labels: ["route"])
    }

    func count(_ finished: Finished) {
        let route = finished.pattern ?? "none"
        requests.add(1, route, finished.method, String(finished.status))
        durations.observe(finished.duration / .seconds(1), route)
    }
}
