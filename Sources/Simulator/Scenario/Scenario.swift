/// A scenario file: steps on the virtual clock, and faults (simulator.md §5, `Scenarios/scenario.schema.json`).
public struct Scenario: Sendable, Hashable {
    /// What it shows, in a word or two.
    public let name: String
    let steps: [ScenarioStep]
    let faults: [JSON]
    /// Nil leaves the clock's speed.
    let speed: Int?
    let seed: UInt64?
    let library: JSON?
    let jellyfin: String?
    let qbittorrent: String?
    let shoko: String?
    let delays: [String: Double]

    /// Reads a file's contents.
    ///
    /// - Throws: `OptionError` that names the member it did not understand.
    public init(parsing bytes: [UInt8]) throws(OptionError) {
        guard let json = JSON(parsing: bytes), case .object(let members) = json else {
            throw OptionError("a scenario is a JSON object")
        }
        try self.init(json, members: members.map(\.name))
    }

    init(_ json: JSON, members: [String]) throws(OptionError) {
        for name in members where !Self.members.contains(name) { throw OptionError("unknown member \(name)") }
        name = json["name"]?.text ?? "unnamed"
        var steps: [ScenarioStep] = []
        for (place, step) in (json["steps"]?.elements ?? []).enumerated() {
            do {
                steps.append(try ScenarioStep(step))
            } catch {
                throw OptionError("step \(place + 1): \(error.description)")
            }
        }
        self.steps = steps
        faults = json["faults"]?.elements ?? []
        speed = json["speed"]?.int
        if let speed, !VirtualClock.speeds.contains(speed) { throw OptionError("speed must be from 0 to 10000") }
        seed = json["seed"]?.int.map { UInt64(max(0, $0)) }
        library = json["library"]
        jellyfin = json["instances"]?["jellyfin"]?["version"]?.text
        qbittorrent = json["instances"]?["qbittorrent"]?["version"]?.text
        shoko = json["instances"]?["shoko"]?["version"]?.text
        var delays: [String: Double] = [:]
        if case .object(let members)? = json["delays"] {
            var probe = FlowDelays()
            for member in members {
                guard let value = member.value.double, value >= 0, probe.set(member.name, value) else {
                    throw OptionError(
                        "delays: \(member.name) must be one of \(FlowDelays.names.joined(separator: ", ")), in seconds")
                }
                delays[member.name] = value
            }
        }
        self.delays = delays
    }

    private static let members = [
        "$schema", "name", "description", "seed", "speed", "library", "instances", "delays", "steps", "faults",
    ]

    /// The faults, their windows counted from a moment.
    ///
    /// - Throws: `OptionError` that names the member it did not understand.
    func faults(from start: Int64) throws(OptionError) -> [Fault] {
        var made: [Fault] = []
        for json in faults {
            var fault = try Fault(Self.withoutWindow(json))
            if json["from"]?.text != nil || json["to"]?.text != nil {
                let from = try json["from"].map { value throws(OptionError) in try Span.ticks(value) } ?? 0
                let to = try json["to"].map { value throws(OptionError) in try Span.ticks(value) } ?? 1 << 60
                guard from < to else { throw OptionError("a fault ends after it begins") }
                fault.window = (start + from)..<(start + to)
            }
            made.append(fault)
        }
        return made
    }

    // `from` and `to` as texts are moments; as numbers they count calls.
    private static func withoutWindow(_ json: JSON) -> JSON {
        guard case .object(let members) = json else { return json }
        return .object(members.filter { ($0.name != "from" && $0.name != "to") || $0.value.text == nil })
    }
}

/// Spans of time as scenario files write them: `90s`, `20m`, `2h`, `3d`, `500ms`, or a number of seconds.
enum Span {
    /// - Throws: `OptionError` for anything else.
    static func ticks(_ json: JSON) throws(OptionError) -> Int64 {
        if let seconds = json.double { return Int64(seconds * Double(Ticks.perSecond)) }
        let text = json.text ?? ""
        let units: [(String, Double)] = [("ms", 0.001), ("s", 1), ("m", 60), ("h", 3_600), ("d", 86_400)]
        for (suffix, seconds) in units where text.hasSuffix(suffix) {
            guard let number = Double(text.dropLast(suffix.count)), number >= 0, number < 1e9 else { continue }
            return Int64(number * seconds * Double(Ticks.perSecond))
        }
        throw OptionError("\"\(text)\" is no span of time: write 90s, 20m, 2h or 3d")
    }
}
