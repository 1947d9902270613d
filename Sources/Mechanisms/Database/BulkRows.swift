/// Rows for one table in one flat buffer, inserted by `Transaction.insert(_:)`.
///
/// Slices are copied once, into this buffer, and bound or sent straight from it. Fill it a few hundred or thousand rows
/// at a time, insert, `removeAll()`, and fill again: the memory is kept.
///
///     var rows = BulkRows(table: "requests", columns: ["id", "title"], onConflict: .ignore)
///     rows.append(7)
///     rows.append(text: slice)
///     rows.endRow()
@safe
public struct BulkRows: ~Copyable {
    /// What happens to a row whose unique key is taken.
    public enum OnConflict: Sendable {
        /// The insert fails, and with it the transaction.
        case fail
        /// The row is left out. Other violations (NOT NULL, CHECK) still fail.
        case ignore
    }

    /// What a cell's first byte says about the bytes after it.
    @usableFromInline
    enum Tag {
        @usableFromInline static let null: UInt8 = 0
        /// Eight bytes.
        @usableFromInline static let integer: UInt8 = 1
        /// Four bytes of size, then the text.
        @usableFromInline static let text: UInt8 = 2
        /// Four bytes of size, then the bytes.
        @usableFromInline static let blob: UInt8 = 3
        /// Eight bytes.
        @usableFromInline static let real: UInt8 = 4
    }

    let table: StaticString
    let columns: [StaticString]
    let onConflict: OnConflict
    /// How many rows are complete.
    public private(set) var count = 0

    // proof: `storage` has exactly `capacity` bytes, belongs to this value alone (~Copyable), and only `reserve` and
    // `deinit` free it; every write reserves first, so `used <= capacity` always.
    @usableFromInline var storage: UnsafeMutableRawPointer
    @usableFromInline var capacity: Int
    @usableFromInline var used = 0
    @usableFromInline var cellsInRow = 0

    /// An empty buffer; `columns` are those that get a cell in each row, in that order.
    public init(table: StaticString, columns: [StaticString], onConflict: OnConflict = .fail) {
        precondition(!columns.isEmpty, "rows need columns")
        self.table = table
        self.columns = columns
        self.onConflict = onConflict
        capacity = 4096
        unsafe storage = .allocate(byteCount: 4096, alignment: 8)
    }

    deinit { unsafe storage.deallocate() }

    /// A whole number; nil is NULL.
    @inlinable
    public mutating func append(_ value: Int64?) {
        guard let value else { return appendNull() }
        appendFixed(Tag.integer, value)
    }

    /// A whole number; nil is NULL.
    @inlinable
    public mutating func append(_ value: Int?) {
        guard let value else { return appendNull() }
        appendFixed(Tag.integer, Int64(value))
    }

    /// A number with a fraction; nil is NULL.
    @inlinable
    public mutating func append(_ value: Double?) {
        guard let value else { return appendNull() }
        appendFixed(Tag.real, value)
    }

    /// Text; nil is NULL.
    @inlinable
    public mutating func append(_ text: String?) {
        guard var text else { return appendNull() }
        text.withUTF8 { unsafe appendBytes(Tag.text, UnsafeRawBufferPointer($0)) }
    }

    /// The bytes of a literal.
    @inlinable
    public mutating func append(_ text: StaticString) {
        text.withUTF8Buffer { unsafe appendBytes(Tag.text, UnsafeRawBufferPointer($0)) }
    }

    /// UTF-8 text, copied; nil is NULL.
    @inlinable
    public mutating func append(text: UnsafeRawBufferPointer?) {
        guard let text = unsafe text else { return appendNull() }
        unsafe appendBytes(Tag.text, text)
    }

    /// Bytes, copied; nil is NULL.
    @inlinable
    public mutating func append(blob: UnsafeRawBufferPointer?) {
        guard let blob = unsafe blob else { return appendNull() }
        unsafe appendBytes(Tag.blob, blob)
    }

    /// Bytes, copied; nil is NULL.
    @inlinable
    public mutating func append(blob: [UInt8]?) {
        guard let blob else { return appendNull() }
        unsafe blob.withUnsafeBytes { unsafe appendBytes(Tag.blob, $0) }
    }

    /// No value.
    @inlinable
    public mutating func appendNull() {
        if used == capacity { reserve(1) }
        unsafe storage.storeBytes(of: Tag.null, toByteOffset: used, as: UInt8.self)
        used += 1
        cellsInRow += 1
    }

    /// Ends a row, which must have a cell for every column.
    public mutating func endRow() {
        precondition(cellsInRow == columns.count, "\(cellsInRow) cells for \(columns.count) columns of \(table)")
        cellsInRow = 0
        count += 1
    }

    /// Forgets the rows and keeps the memory.
    public mutating func removeAll() {
        used = 0
        count = 0
        cellsInRow = 0
    }

    /// How many bytes the rows take, to know when to insert them.
    public var byteCount: Int { used }

    @inlinable
    mutating func appendFixed<T: BitwiseCopyable>(_ tag: UInt8, _ value: T) {
        if capacity - used < 9 { reserve(9) }
        unsafe storage.storeBytes(of: tag, toByteOffset: used, as: UInt8.self)
        unsafe storage.storeBytes(of: value, toByteOffset: used + 1, as: T.self)
        used += 9
        cellsInRow += 1
    }

    @inlinable
    mutating func appendBytes(_ tag: UInt8, _ bytes: UnsafeRawBufferPointer) {
        let size = bytes.count
        if capacity - used < size + 5 { reserve(size + 5) }
        unsafe storage.storeBytes(of: tag, toByteOffset: used, as: UInt8.self)
        unsafe storage.storeBytes(of: UInt32(size), toByteOffset: used + 1, as: UInt32.self)
        if let start = bytes.baseAddress {
            unsafe (storage + (used + 5)).copyMemory(from: start, byteCount: size)
        }
        used += size + 5
        cellsInRow += 1
    }

    /// Makes room for `more` bytes after those in use.
    @usableFromInline
    mutating func reserve(_ more: Int) {
        precondition(more < 1 << 31, "a value of 2 GiB or more cannot be stored")
        let larger = max(capacity * 2, used + more)
        let fresh = UnsafeMutableRawPointer.allocate(byteCount: larger, alignment: 8)
        unsafe fresh.copyMemory(from: storage, byteCount: used)
        unsafe storage.deallocate()
        unsafe storage = fresh
        capacity = larger
    }
}
