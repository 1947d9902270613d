import CScan
import Glibc

/// One flat block of bytes with zeros behind its contents, so that scans need no end check.
@safe
struct ByteBuffer: ~Copyable {
    static let padding = Int(CSCAN_PADDING)

    private var base: UnsafeMutablePointer<UInt8>
    private(set) var capacity: Int
    /// Bytes held.
    private(set) var count = 0

    init(capacity: Int) {
        self.capacity = capacity
        unsafe base = .allocate(capacity: capacity + Self.padding)
        unsafe base.initialize(repeating: 0, count: capacity + Self.padding)
    }

    deinit {
        unsafe base.deallocate()
    }

    /// The contents, until the next change of the buffer.
    var view: ByteView {
        @inline(__always) get { unsafe ByteView(base: base, count: count) }
    }

    /// Drops the first `dropped` bytes when room for `wanted` more is missing, and grows when that is not enough.
    /// - Returns: how many bytes were dropped.
    mutating func makeRoom(for wanted: Int, dropping dropped: Int) -> Int {
        assert(dropped >= 0 && dropped <= count)
        guard capacity - count < wanted else { return 0 }
        let kept = count - dropped
        if capacity - kept >= wanted {
            unsafe memmove(base, base + dropped, kept)
        } else {
            let larger = max(capacity * 2, kept + wanted)
            let fresh = UnsafeMutablePointer<UInt8>.allocate(capacity: larger + Self.padding)
            unsafe memcpy(fresh, base + dropped, kept)
            unsafe base.deallocate()
            unsafe base = fresh
            capacity = larger
        }
        count = kept
        unsafe memset(base + count, 0, Self.padding)
        return dropped
    }

    /// Fills the free room through `fill`, which returns how many bytes it wrote.
    mutating func append<Failure: Error>(
        filling fill: (UnsafeMutableRawBufferPointer) throws(Failure) -> Int
    ) throws(Failure) -> Int {
        let room = capacity - count
        defer { unsafe memset(base + count, 0, Self.padding) }  // `fill` may leave bytes behind what it reports
        let written = try unsafe fill(UnsafeMutableRawBufferPointer(start: base + count, count: room))
        precondition(written >= 0 && written <= room, "more bytes reported than there was room for")
        count += written
        return written
    }

    /// Copies bytes in; the room must be there.
    mutating func append(_ bytes: UnsafeRawBufferPointer) {
        precondition(bytes.count <= capacity - count, "no room was made")
        guard let start = bytes.baseAddress else { return }
        unsafe memcpy(base + count, start, bytes.count)
        count += bytes.count
        unsafe memset(base + count, 0, Self.padding)
    }
}

/// The contents of a `ByteBuffer`, read by index; index `count` and the padding behind it read as zero.
///
/// Debug builds check every index. Release builds do not: the parser only ever moves forward from an index below
/// `count` over bytes it has seen, and zero ends every token, so it cannot pass the padding.
@safe
struct ByteView {
    private let base: UnsafeMutablePointer<UInt8>
    let count: Int

    @inline(__always)
    init(base: UnsafeMutablePointer<UInt8>, count: Int) {
        unsafe self.base = base
        self.count = count
    }

    /// The byte at an index up to `count`.
    @inline(__always)
    subscript(_ index: Int) -> UInt8 {
        get {
            assert(index >= 0 && index < count + ByteBuffer.padding)
            return unsafe base[index]
        }
        nonmutating set {
            assert(index >= 0 && index < count)
            unsafe base[index] = newValue
        }
    }

    /// The address of an index, for C.
    @inline(__always)
    func pointer(_ index: Int) -> UnsafePointer<UInt8> {
        assert(index >= 0 && index <= count)
        return unsafe UnsafePointer(base + index)
    }

    /// Copies bytes to another place, which may overlap.
    @inline(__always)
    func move(_ range: Range<Int>, to target: Int) {
        assert(range.lowerBound >= target && target >= 0 && range.upperBound <= count)
        if range.lowerBound > target { unsafe memmove(base + target, base + range.lowerBound, range.count) }
    }

    /// Bytes to lend out.
    @inline(__always)
    func buffer(_ range: Range<Int>) -> UnsafeBufferPointer<UInt8> {
        assert(range.lowerBound >= 0 && range.upperBound <= count)
        return unsafe UnsafeBufferPointer(start: base + range.lowerBound, count: range.count)
    }

    /// Index of the first quote, backslash, or control byte from `start`; `high` says whether it passed non-ASCII.
    @inline(__always)
    func stringEnd(from start: Int, high: inout UInt32) -> Int {
        assert(start >= 0 && start <= count)
        let from = unsafe base + start
        return unsafe start &+ (UnsafePointer(from).distance(to: cscan_string_end(from, &high)))
    }

    /// Index of the first byte from `start` that cannot continue the number.
    @inline(__always)
    func numberEnd(from start: Int, state: inout UInt8) -> Int {
        assert(start >= 0 && start <= count)
        let from = unsafe base + start
        return unsafe start &+ (UnsafePointer(from).distance(to: cscan_number_end(from, &state)))
    }

    /// Index where the skip of a container ended; `state.status` says how.
    @inline(__always)
    func skip(from start: Int, state: inout cscan_skip_state) -> Int {
        assert(start >= 0 && start <= count)
        let from = unsafe base + start
        return unsafe start &+ (UnsafePointer(from).distance(to: cscan_skip(from, base + count, &state)))
    }

    /// Index where a walk over an object's members stopped; `walk.status` says in front of what.
    @inline(__always)
    func members(from start: Int, of object: Int32, starts: Bool, levels: UInt32, walk: inout cscan_walk) -> Int {
        assert(start >= 0 && start <= count)
        let from = unsafe base + start
        return unsafe start &+ (UnsafePointer(from).distance(to: cscan_members(from, object, starts, levels, &walk)))
    }

    /// Index behind a record that is written the common way; nil for any other.
    @inline(__always)
    func record(from start: Int, of object: Int32, levels: UInt32, walk: inout cscan_walk) -> Int? {
        assert(start >= 0 && start <= count)
        let from = unsafe base + start
        guard let end = unsafe cscan_record(from, object, levels, &walk) else { return nil }
        return unsafe start &+ UnsafePointer(from).distance(to: end)
    }

    /// Index of the first byte of `range` that is not UTF-8, or its end; see `cscan_utf8_valid`.
    func utf8End(in range: Range<Int>) -> (end: Int, incomplete: Bool) {
        assert(range.lowerBound >= 0 && range.upperBound <= count)
        var incomplete = false
        let valid = unsafe cscan_utf8_valid(base + range.lowerBound, range.count, &incomplete)
        return (range.lowerBound + Int(valid), incomplete)
    }
}
