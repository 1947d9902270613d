import Glibc

/// An unlinked temporary file: what a job gathers and looks at again, without holding it in memory.
///
/// Nothing remains of it when the process ends, however it ends.
public final class Spool {
    /// Where a record begins, in steps of eight bytes, so that 32 bits reach 32 GiB.
    public typealias Position = UInt32

    private let descriptor: Int32
    private var pending: [UInt8] = []
    private var written = 0
    private var window: [UInt8] = []
    private var windowStart = 0

    private static let chunk = 1 << 17

    /// Makes the file in a directory on a disk with room.
    public init(in directory: String) throws(SpoolError) {
        var template = Array((directory + "/gather-XXXXXX").utf8CString)
        descriptor = unsafe mkstemp(&template)
        guard descriptor >= 0 else { throw SpoolError("cannot create a temporary file in \(directory)") }
        unsafe unlink(&template)
        _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
    }

    deinit { close(descriptor) }

    /// Appends a record: four bytes of length, the bytes, and padding.
    public func append(_ record: [UInt8]) throws(SpoolError) -> Position {
        let start = written + pending.count
        var length = UInt32(record.count)
        for _ in 0..<4 {
            pending.append(UInt8(truncatingIfNeeded: length))
            length >>= 8
        }
        pending.append(contentsOf: record)
        while !pending.count.isMultiple(of: 8) { pending.append(0) }
        if pending.count >= Self.chunk { try flush() }
        return Position(start / 8)
    }

    /// Lends the record at `position`; reading in order costs no call per record.
    public func withRecord<R>(
        at position: Position, _ body: (UnsafeRawBufferPointer) throws -> R
    ) throws -> R {
        if !pending.isEmpty { try flush() }
        let start = Int(position) * 8
        try fill(from: start, atLeast: 4)
        let offset = start - windowStart
        var length = 0
        for index in 0..<4 { length |= Int(window[offset + index]) << (8 * index) }
        try fill(from: start, atLeast: 4 + length)
        let begin = start - windowStart + 4
        return try unsafe window.withUnsafeBytes {
            try unsafe body(UnsafeRawBufferPointer(rebasing: $0[begin..<begin + length]))
        }
    }

    private func flush() throws(SpoolError) {
        var sent = 0
        while sent < pending.count {
            let count = unsafe pending.withUnsafeBytes {
                unsafe pwrite(
                    descriptor, $0.baseAddress.map { unsafe $0 + sent }, $0.count - sent, off_t(written + sent))
            }
            if count < 0 && errno == EINTR { continue }
            guard count > 0 else { throw SpoolError("cannot write the temporary file; is the disk full?") }
            sent += count
        }
        written += sent
        pending.removeAll(keepingCapacity: true)
    }

    private func fill(from start: Int, atLeast count: Int) throws(SpoolError) {
        if start >= windowStart && start + count <= windowStart + window.count { return }
        let size = max(count, min(Self.chunk, written - start))
        guard size >= 0, start + count <= written else { throw SpoolError("the temporary file is cut short") }
        var read = 0
        window = unsafe [UInt8](unsafeUninitializedCapacity: size) { buffer, initialized in
            while read < size {
                let got = unsafe pread(
                    descriptor, buffer.baseAddress.map { unsafe $0 + read }, size - read, off_t(start + read))
                if got < 0 && errno == EINTR { continue }
                if got <= 0 { break }
                read += got
            }
            initialized = read
        }
        windowStart = start
        guard window.count >= count else { throw SpoolError("cannot read the temporary file") }
    }
}

/// The temporary file of a job failed.
public struct SpoolError: Error, Sendable, CustomStringConvertible {
    public let description: String

    init(_ what: String) { description = "\(what) (\(unsafe String(cString: strerror(errno))))." }
}
