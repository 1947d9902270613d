import Synchronization

/// One metric name with a series for each combination of label values.
final class MetricFamily: Sendable {
    enum Kind: Sendable, Equatable {
        case counter, gauge
        case histogram([Double])
    }

    struct Series {
        var value = 0.0
        /// Observations at or below each bound, and then all of them; empty unless a histogram.
        var buckets: [Int] = []
    }

    let name: String
    let help: String
    let labels: [String]
    let kind: Kind
    private let series: Mutex<[[String]: Series]>

    init(name: String, help: String, labels: [String], kind: Kind) {
        self.name = name
        self.help = help
        self.labels = labels
        self.kind = kind
        // Without labels a series exists from the start, so that a counter nobody used yet reads 0 and not "no data".
        self.series = Mutex(labels.isEmpty ? [[]: Self.empty(kind)] : [:])
    }

    func update(_ labelValues: [String], _ change: (inout Series) -> Void) {
        precondition(labelValues.count == labels.count, "\(name): \(labels.count) label values expected")
        series.withLock { change(&$0[labelValues, default: Self.empty(kind)]) }
    }

    func removeAll() {
        series.withLock { $0 = [:] }
    }

    func render(into text: inout String) {
        let sorted = series.withLock { $0 }.sorted { $0.key.lexicographicallyPrecedes($1.key) }
        text += "# HELP \(name) \(Self.escaped(help, quotes: false))\n# TYPE \(name) \(typeName)\n"
        for (values, series) in sorted {
            guard case .histogram(let bounds) = kind else {
                text += "\(name)\(labelText(values)) \(Self.number(series.value))\n"
                continue
            }
            for (bound, count) in zip(bounds + [.infinity], series.buckets) {
                text += "\(name)_bucket\(labelText(values, bound: bound)) \(count)\n"
            }
            text += "\(name)_sum\(labelText(values)) \(Self.number(series.value))\n"
            text += "\(name)_count\(labelText(values)) \(series.buckets.last ?? 0)\n"
        }
    }

    private var typeName: String {
        switch kind {
        case .counter: "counter"
        case .gauge: "gauge"
        case .histogram: "histogram"
        }
    }

    private func labelText(_ values: [String], bound: Double? = nil) -> String {
        var pairs = zip(labels, values).map { "\($0)=\"\(Self.escaped($1, quotes: true))\"" }
        if let bound { pairs.append("le=\"\(Self.number(bound))\"") }
        return pairs.isEmpty ? "" : "{\(pairs.joined(separator: ","))}"
    }

    private static func empty(_ kind: Kind) -> Series {
        guard case .histogram(let bounds) = kind else { return Series() }
        return Series(buckets: Array(repeating: 0, count: bounds.count + 1))
    }

    /// Escapes backslash and line feed, and in label values the quote (Prometheus text format 0.0.4).
    private static func escaped(_ text: String, quotes: Bool) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\\": result += "\\\\"
            case "\n": result += "\\n"
            case "\"" where quotes: result += "\\\""
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }

    private static func number(_ value: Double) -> String {
        if value.isNaN { return "NaN" }
        if value.isInfinite { return value < 0 ? "-Inf" : "+Inf" }
        return Int64(exactly: value).map(String.init) ?? "\(value)"
    }
}
