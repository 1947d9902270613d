/// One cell of `BulkRows`, its bytes still in their buffer.
@safe
enum BulkCell {
    case null
    case integer(Int64)
    case real(Double)
    case text(UnsafeRawBufferPointer)
    case blob(UnsafeRawBufferPointer)
}

/// Walks over the cells of `BulkRows` in order.
@safe
struct BulkCells {
    private var next: UnsafeRawPointer

    /// - Parameter rows: must stay unchanged while this walks.
    init(_ rows: borrowing BulkRows) { unsafe next = UnsafeRawPointer(rows.storage) }

    /// The next cell; callers ask exactly for the cells that were appended.
    @inline(__always)
    mutating func cell() -> BulkCell {
        let tag = unsafe next.load(as: UInt8.self)
        switch tag {
        case BulkRows.Tag.integer: return .integer(fixed())
        case BulkRows.Tag.text: return unsafe BulkCell.text(bytes())
        case BulkRows.Tag.blob: return unsafe BulkCell.blob(bytes())
        case BulkRows.Tag.real: return .real(fixed())
        default:
            unsafe next += 1
            return .null
        }
    }

    @inline(__always)
    private mutating func fixed<T: BitwiseCopyable>() -> T {
        let value = unsafe next.loadUnaligned(fromByteOffset: 1, as: T.self)
        unsafe next += 9
        return value
    }

    @inline(__always)
    private mutating func bytes() -> UnsafeRawBufferPointer {
        let size = Int(unsafe next.loadUnaligned(fromByteOffset: 1, as: UInt32.self))
        let start = unsafe next + 5
        unsafe next = start + size
        return unsafe UnsafeRawBufferPointer(start: start, count: size)
    }
}
