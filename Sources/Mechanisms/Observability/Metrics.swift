import Synchronization

/// The program's Prometheus metrics.
///
/// Names are registered at start; asking for a name again gives the same metric. Label values come from fixed sets, never
/// from titles, ids or users (operations.md §2).
public final class Metrics: Sendable {
    private struct State {
        var families: [String: MetricFamily] = [:]
        var collectors: [@Sendable () -> Void] = []
    }

    private let state = Mutex(State())

    /// Makes an empty registry.
    public init() {}

    /// Registers a value that only grows; its name ends in `_total`.
    public func counter(_ name: StaticString, help: StaticString, labels: [StaticString] = []) -> Counter {
        Counter(family: family(name, help, labels, .counter))
    }

    /// Registers a value that goes up and down.
    public func gauge(_ name: StaticString, help: StaticString, labels: [StaticString] = []) -> Gauge {
        Gauge(family: family(name, help, labels, .gauge))
    }

    /// Registers a distribution.
    ///
    /// `buckets` are upper bounds in ascending order, without infinity, which is always there.
    public func histogram(
        _ name: StaticString, help: StaticString, labels: [StaticString] = [],
        buckets: [Double] = Histogram.defaultBuckets
    ) -> Histogram {
        precondition(zip(buckets, buckets.dropFirst()).allSatisfy { $0 < $1 }, "\(name): buckets must ascend")
        return Histogram(family: family(name, help, labels, .histogram(buckets)))
    }

    /// Runs a closure before each render: for values that are read rather than counted.
    public func collect(_ body: @escaping @Sendable () -> Void) {
        state.withLock { $0.collectors.append(body) }
    }

    /// Returns everything as Prometheus text 0.0.4, sorted by name and labels.
    public func render() -> String {
        for collector in state.withLock({ $0.collectors }) { collector() }
        let families = state.withLock { $0.families.values.sorted { $0.name < $1.name } }
        var text = ""
        for family in families { family.render(into: &text) }
        return text
    }

    private func family(
        _ name: StaticString, _ help: StaticString, _ labels: [StaticString], _ kind: MetricFamily.Kind
    ) -> MetricFamily {
        let fresh = MetricFamily(name: "\(name)", help: "\(help)", labels: labels.map { "\($0)" }, kind: kind)
        let family = state.withLock { state -> MetricFamily in
            if let known = state.families[fresh.name] { return known }
            state.families[fresh.name] = fresh
            return fresh
        }
        precondition(
            family.kind == fresh.kind && family.labels == fresh.labels, "\(name): registered twice, differently")
        return family
    }
}
