/// How far a piece of work is, as one short text: `[########------------] 512/1270  240/s  3s left`.
public struct ProgressBar: Sendable, Hashable {
    public var done: Int64
    /// Nil while nobody knows.
    public var total: Int64?
    /// Units a second, where it is worth saying.
    public var rate: Double?
    /// The time left, where it can be told.
    public var remaining: Duration?

    public init(done: Int64, total: Int64?, rate: Double? = nil, remaining: Duration? = nil) {
        self.done = done
        self.total = total
        self.rate = rate
        self.remaining = remaining
    }

    /// The bar with `cells` places; without a total only the count.
    ///
    /// The bar is full only when all is done, and never overflows when more is done than was announced.
    public func text(cells: Int = 20) -> String {
        let extras = [rate.map { "\(Int64($0.rounded()))/s" }, remaining.map { "\(clockText($0)) left" }]
            .compactMap { $0 }
        guard let total else { return (["\(done)"] + extras).joined(separator: "  ") }
        let share = total > 0 ? Double(min(max(done, 0), total)) / Double(total) : 1
        let filled = Int(share * Double(cells))
        let bar = String(repeating: "#", count: filled) + String(repeating: "-", count: cells - filled)
        return (["[\(bar)] \(done)/\(total)"] + extras).joined(separator: "  ")
    }

    /// `9s`, `2m 05s`, `1h 02m`.
    private func clockText(_ duration: Duration) -> String {
        let seconds = max(0, duration.components.seconds)
        let padded = { (count: Int64) in count < 10 ? "0\(count)" : "\(count)" }
        if seconds < 60 { return "\(seconds)s" }
        if seconds < 3_600 { return "\(seconds / 60)m \(padded(seconds % 60))s" }
        return "\(seconds / 3_600)h \(padded(seconds % 3_600 / 60))m"
    }
}
