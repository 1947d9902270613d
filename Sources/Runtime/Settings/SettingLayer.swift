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

    /// The environment, cut down to the names that may concern Marquee and those brought to their usual form.
    ///
    /// - Returns: also the names that lose to another name of the same setting, each with the one that counts.
    static func environment(
        _ environment: [String: String]
    ) -> (layer: SettingLayer, shadowed: [(name: String, by: String)]) {
        let starts = ["MARQUEE_"] + UpstreamService.allCases.map { $0.environmentName + "_" }
        // Names kept from the earlier programs begin otherwise.
        let own = Set(SettingCatalogue.own.map(\.name))
        var values = environment.filter { name, value in
            !value.isEmpty && (own.contains(name) || starts.contains { name.hasPrefix($0) })
        }
        var origins: [String: String] = [:]
        var shadowed: [(name: String, by: String)] = []
        for service in UpstreamService.allCases {
            for alias in service.aliases.map({ $0.uppercased() + "_" }) {
                for (name, value) in environment.sorted(by: { $0.key < $1.key }) where name.hasPrefix(alias) {
                    let usual = service.environmentName + "_" + name.dropFirst(alias.count)
                    guard !value.isEmpty, values[usual] != value else { continue }
                    if values[usual] != nil {
                        shadowed.append((name, origins[usual] ?? usual))
                    } else {
                        values[usual] = value
                        origins[usual] = name
                    }
                }
            }
        }
        return (SettingLayer(.environment, values.mapValues { .text($0) }), shadowed)
    }

    subscript(name: String) -> RawValue? { values[name] }

    /// The names set here, sorted.
    var names: [String] { values.keys.sorted() }
}
