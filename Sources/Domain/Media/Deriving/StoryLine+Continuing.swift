/// A line that a request's timeline tells already.
public struct ToldLine: Sendable {
    public var key: String
    public var event: String
    public var at: Timestamp
    public var stage: Stage?

    public init(key: String, event: String, at: Timestamp, stage: Stage?) {
        self.key = key
        self.event = event
        self.at = at
        self.stage = stage
    }
}

extension StoryLine {
    /// The line that told already that the request entered this stage, if this is the same entrance seen anew.
    ///
    /// A season's beginning in a stage moves while its episodes go on one by one, and an import's time is corrected when
    /// the history is read: neither enters the stage again. It was left in between if a line of another stage says so;
    /// waiting of one hour is told once all the same (tracking.md §7).
    public func continuing(_ told: [ToldLine]) -> StoryLine {
        guard isEntrance else { return self }
        let same = told.filter { $0.event == event && $0.key.hasPrefix(Self.entrance) }
        guard let held = same.last(where: { isSameEntrance($0, told) }) else { return self }
        var line = self
        line.key = held.key
        // Waiting began with the newest file, availability with the first proof.
        if stage == .available { line.at = min(held.at, at) }
        return line
    }

    static let entrance = "stage|"

    /// Whether it tells of an event from before the request entered its stage (tracking.md §7).
    ///
    /// Entrances and attention are conclusions: they have their own times, but do not arrive.
    public func isOlder(than entered: Timestamp) -> Bool { !isEntrance && event != "attention" && at < entered }

    /// The same line, marked as one that arrived after later ones.
    public func markedLate(_ isLate: Bool) -> StoryLine {
        var line = self
        line.values["late"] = isLate ? "1" : nil
        return line
    }

    private var isEntrance: Bool { key.hasPrefix(Self.entrance) }

    private func isSameEntrance(_ held: ToldLine, _ told: [ToldLine]) -> Bool {
        let between = min(held.at, at)...max(held.at, at)
        let isWaiting = stage != .available
        if isWaiting && between.lowerBound.advanced(by: .seconds(3_600)) >= between.upperBound { return true }
        return !told.contains { line in
            line.stage != nil && line.stage != stage && line.at > between.lowerBound && line.at < between.upperBound
        }
    }
}
