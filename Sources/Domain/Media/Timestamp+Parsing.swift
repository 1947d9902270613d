extension Timestamp {
    /// Reads an RFC 3339 time with any number of fraction digits, as Jellyfin (seven) and the *arrs send it.
    ///
    /// A time without a zone is taken as UTC (upstreams.md §6.3).
    /// - Returns: nil when the bytes are not such a time.
    public init?(rfc3339 bytes: some Collection<UInt8>) {
        let found =
            unsafe bytes.withContiguousStorageIfAvailable { unsafe Self(reading: $0) }
            ?? Array(bytes).withUnsafeBufferPointer { unsafe Self(reading: $0) }
        guard let found else { return nil }
        self = found
    }

    /// The same for every kind of caller: generic code would run unspecialised for those in other modules.
    private init?(reading bytes: UnsafeBufferPointer<UInt8>) {
        var reader = unsafe DigitReader(bytes)
        guard let year = reader.number(4), reader.take("-"), let month = reader.number(2), reader.take("-"),
            let day = reader.number(2), reader.take("T") || reader.take(" ") || reader.take("t"),
            let hour = reader.number(2), reader.take(":"), let minute = reader.number(2), reader.take(":"),
            let second = reader.number(2)
        else { return nil }
        guard (1...12).contains(month), day > 0, day <= CivilDate.daysInMonth(month, of: year), hour < 24, minute < 60,
            second <= 60
        else { return nil }
        let millis = reader.take(".") ? reader.fraction() : 0
        guard let millis, let offsetMinutes = reader.zone(), reader.isAtEnd else { return nil }
        let days = CivilDate.days(year: year, month: month, day: day)
        let seconds = days * 86_400 + hour * 3_600 + (minute - offsetMinutes) * 60 + second
        self.init(milliseconds: seconds * 1_000 + millis)
    }

    public init?(rfc3339 text: String) { self.init(rfc3339: text.utf8) }
}

/// Walks over fixed-width digits without allocating; lives no longer than the bytes lent to it.
@safe
private struct DigitReader {
    private let bytes: UnsafeBufferPointer<UInt8>
    private var position = 0

    init(_ bytes: UnsafeBufferPointer<UInt8>) { unsafe self.bytes = bytes }

    var isAtEnd: Bool { position == (unsafe bytes.count) }

    mutating func take(_ character: Unicode.Scalar) -> Bool {
        guard !isAtEnd, unsafe bytes[position] == UInt8(ascii: character) else { return false }
        position += 1
        return true
    }

    mutating func digit() -> Int64? {
        guard !isAtEnd, case let digit = unsafe bytes[position] &- 48, digit < 10 else { return nil }
        position += 1
        return Int64(digit)
    }

    mutating func number(_ width: Int) -> Int64? {
        var value: Int64 = 0
        for _ in 0..<width {
            guard let digit = digit() else { return nil }
            value = value * 10 + digit
        }
        return value
    }

    /// Milliseconds from a fraction of one or more digits; finer digits are cut off.
    mutating func fraction() -> Int64? {
        guard let first = digit() else { return nil }
        var value = first * 100
        var scale: Int64 = 10
        while let digit = digit() {
            value += digit * scale
            scale /= 10
        }
        return value
    }

    /// The zone's offset from UTC in minutes; 0 where none is given.
    mutating func zone() -> Int64? {
        if isAtEnd || take("Z") || take("z") { return 0 }
        let isNegative = take("-")
        guard isNegative || take("+"), let hours = number(2) else { return nil }
        _ = take(":")
        guard let minutes = number(2), hours < 24, minutes < 60 else { return nil }
        return (isNegative ? -1 : 1) * (hours * 60 + minutes)
    }
}
