/// A value that only grows.
public struct Counter: Sendable {
    let family: MetricFamily

    /// Adds to the series of these label values, one for each label in order; a negative number adds nothing.
    public func add(_ number: Double = 1, _ labelValues: String...) {
        family.update(labelValues) { $0.value += max(0, number) }
    }

    /// Takes over a total that the operating system counts.
    func set(total: Double) {
        family.update([]) { $0.value = total }
    }
}

/// A value that goes up and down.
public struct Gauge: Sendable {
    let family: MetricFamily

    /// Sets the series of these label values, one for each label in order.
    public func set(_ value: Double, _ labelValues: String...) {
        family.update(labelValues) { $0.value = value }
    }

    /// Adds to the series of these label values, or takes away when negative.
    public func add(_ number: Double, _ labelValues: String...) {
        family.update(labelValues) { $0.value += number }
    }

    /// Forgets every series, so that a collector shows only what exists now.
    public func reset() { family.removeAll() }
}

/// A distribution of times or sizes, in base units.
public struct Histogram: Sendable {
    /// Bounds in seconds that suit requests, from 5 ms to 10 s.
    public static let defaultBuckets = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]

    let family: MetricFamily

    /// Counts one value in the series of these label values, one for each label in order.
    public func observe(_ value: Double, _ labelValues: String...) { count(value, labelValues) }

    /// Counts a length of time, in seconds.
    public func observe(_ duration: Duration, _ labelValues: String...) {
        let (seconds, attoseconds) = duration.components
        count(Double(seconds) + Double(attoseconds) / 1e18, labelValues)
    }

    private func count(_ value: Double, _ labelValues: [String]) {
        guard case .histogram(let bounds) = family.kind else { return }
        family.update(labelValues) { series in
            series.value += value
            for (index, bound) in bounds.enumerated() where value <= bound { series.buckets[index] += 1 }
            series.buckets[bounds.count] += 1
        }
    }
}
