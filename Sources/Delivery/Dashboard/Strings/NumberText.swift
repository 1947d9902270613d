/// Numbers as people read them.
enum NumberText {
    /// `1234567` → `1,234,567`.
    static func grouped(_ number: Int64) -> String {
        var digits = String(number.magnitude)
        var groups: [String] = []
        while digits.count > 3 {
            groups.insert(String(digits.suffix(3)), at: 0)
            digits.removeLast(3)
        }
        groups.insert(digits, at: 0)
        return (number < 0 ? "−" : "") + groups.joined(separator: ",")
    }

    /// Whole percent, never 100 before the end.
    static func percent(done: Int64, of total: Int64) -> Int64 {
        guard total > 0, done > 0 else { return 0 }
        return done >= total ? 100 : min(99, Int64(Double(done) / Double(total) * 100))
    }

    /// Items in a second: whole above ten, one decimal below.
    static func rate(_ rate: Double) -> String {
        guard rate.isFinite, rate >= 0 else { return "–" }
        if rate >= 10 { return grouped(Int64(min(rate, 1e15) + 0.5)) }
        let tenths = Int64(rate * 10 + 0.5)
        return "\(tenths / 10).\(tenths % 10)"
    }
}
