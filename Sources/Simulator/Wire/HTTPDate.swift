/// Moments as HTTP's `Date` header writes them.
enum HTTPDate {
    private static let days = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"]
    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]

    /// `Thu, 01 Jan 1970 00:00:00 GMT`, for moments from 1970 on.
    static func text(_ ticks: Int64) -> String {
        let (year, month, day) = Ticks.civil(ticks)
        let weekday = days[Int(ticks / Ticks.perDay) % 7]
        let time = ArrDate.text(ticks).dropFirst(11).dropLast()
        return "\(weekday), \(FlowState.two(day)) \(months[month - 1]) \(year) \(time) GMT"
    }
}
