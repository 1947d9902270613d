/// Finds NUL bytes and folded fields in a head that libmicrohttpd has cut into C strings.
///
/// It cuts in place, so string must follow string in memory with nothing between but the separators it turned into NULs
/// and blanks. A NUL that the peer sent ends a string early and leaves a remainder; a folded field has been moved away.
/// Both read differently elsewhere and are refused (RFC 9112 §2.2, §5.2).
@safe
struct HeadLayout {
    private var end: UnsafeRawPointer
    private let start: UnsafeRawPointer
    private let longestGap: Int
    private(set) var isIntact = true

    /// - Parameters:
    ///   - start: where the method stands.
    ///   - count: its length.
    ///   - longestGap: more than this between two strings means that they are not neighbours.
    init(_ start: UnsafeRawPointer, count: Int, longestGap: Int) {
        unsafe self.start = unsafe start
        unsafe end = unsafe start + count
        self.longestGap = longestGap
    }

    /// Notes the next string; `separators` tells how many bytes before it were turned into NULs.
    mutating func follow(_ start: UnsafeRawPointer, count: Int, separators: ClosedRange<Int>) {
        let gap = unsafe start - end
        guard isIntact, separators.lowerBound <= gap, gap <= longestGap else {
            isIntact = false
            return
        }
        var nulls = 0
        for offset in 0..<gap {
            switch unsafe end.load(fromByteOffset: offset, as: UInt8.self) {
            case 0: nulls += 1
            case 0x20, 0x09: break
            default: isIntact = false
            }
        }
        if !separators.contains(nulls) { isIntact = false }
        unsafe end = unsafe start + count
    }

    /// Notes where the head ends: after the last string only the ends of its line and of the empty line may come.
    mutating func finish(headBytes: Int) {
        unsafe follow(start + headBytes, count: 0, separators: 2...4)
    }
}
