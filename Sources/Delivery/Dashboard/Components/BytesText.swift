/// Sizes as people read them: "1.1 GiB".
enum BytesText {
    private static let units = ["B", "KiB", "MiB", "GiB", "TiB", "PiB"]

    /// The size in binary units with one decimal; nil for nothing and for the unknown, so that nobody reads "0 B".
    static func size(_ bytes: Int64?) -> String? {
        guard let bytes, bytes > 0 else { return nil }
        var value = Double(bytes)
        var unit = 0
        // Below 1000 of a unit, so that a number has at most three digits before the point.
        while value >= 999.95, unit < units.count - 1 {
            value /= 1024
            unit += 1
        }
        if unit == 0 { return "\(bytes) B" }
        let tenths = Int64((value * 10).rounded())
        return (tenths % 10 == 0 ? "\(tenths / 10)" : "\(tenths / 10).\(tenths % 10)") + " " + units[unit]
    }
}
