/// One place values come from, keyed by the names of the environment variables whatever the place calls them.
///
/// Layers lie on one another: the later one wins, name by name.
struct SettingLayer: Sendable {
    let source: SettingSource
    private let values: [String: RawValue]

    /// Empty values are dropped: empty means unset.
    init(_ source: SettingSource, _ values: [String: RawValue]) {
        self.source = source
        self.values = values.filter { !$0.value.isEmpty }
    }

    /// The environment, cut down to the names that may concern Marquee.
    static func environment(_ environment: [String: String]) -> SettingLayer {
        let starts = ["MARQUEE_"] + UpstreamService.allCases.map { $0.environmentName + "_" }
        return SettingLayer(
            .environment,
            environment.filter { name, _ in starts.contains { name.hasPrefix($0) } }.mapValues { .text($0) })
    }

    subscript(name: String) -> RawValue? { values[name] }

    /// The names set here, sorted.
    var names: [String] { values.keys.sorted() }
}
