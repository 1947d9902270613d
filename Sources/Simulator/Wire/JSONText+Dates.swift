extension JSONText {
    /// Appends a moment as Jellyfin writes it: quoted, seven fraction digits, `Z`.
    mutating func date7(_ ticks: Int64) {
        put("\"")
        seconds(ticks)
        put(".")
        number(Int((ticks % Ticks.perSecond + Ticks.perSecond) % Ticks.perSecond), width: 7)
        put("Z\"")
    }

    /// Appends a moment as the *arrs write it: quoted, whole seconds, `Z`.
    mutating func date(_ ticks: Int64) {
        put("\"")
        seconds(ticks)
        put("Z\"")
    }

    /// Appends the day of a moment: quoted, `yyyy-mm-dd`.
    mutating func day(_ ticks: Int64) {
        put("\"")
        civilDay(ticks)
        put("\"")
    }

    private mutating func civilDay(_ ticks: Int64) {
        let civil = Ticks.civil(ticks)
        number(civil.year, width: 4)
        put("-")
        number(civil.month, width: 2)
        put("-")
        number(civil.day, width: 2)
    }

    private mutating func seconds(_ ticks: Int64) {
        civilDay(ticks)
        let second = Int(((ticks % Ticks.perDay + Ticks.perDay) % Ticks.perDay) / Ticks.perSecond)
        put("T")
        number(second / 3_600, width: 2)
        put(":")
        number(second / 60 % 60, width: 2)
        put(":")
        number(second % 60, width: 2)
    }
}
