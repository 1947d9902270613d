import Cryptography
import Glibc

/// What a file holds, in short.
struct FileSum: Sendable, Hashable {
    var bytes: Int64
    var sha256: String
    /// How many lines end in it: the rows of a table in COPY text format, where a line break inside a value is escaped.
    var lines: Int64

    /// Reads a whole file; `keeping` makes it durable too and gives it the owner of its folder.
    static func of(_ path: String, keeping: Bool = false) throws(BackupError) -> FileSum {
        let file = try InputFile(path)
        var meter = FileMeter()
        while let chunk = try file.next() { meter.add(chunk) }
        if keeping { try Folder.keep(path) }
        return meter.finish()
    }
}

/// Adds up what goes through.
struct FileMeter: ~Copyable {
    private var hash = SHA256()
    private var bytes: Int64 = 0
    private var lines: Int64 = 0

    mutating func add(_ chunk: [UInt8]) {
        hash.update(chunk)
        bytes += Int64(chunk.count)
        for byte in chunk where byte == UInt8(ascii: "\n") { lines += 1 }
    }

    mutating func finish() -> FileSum {
        FileSum(bytes: bytes, sha256: HexEncoding.encode(hash.finalize()), lines: lines)
    }
}

/// A file read from its start; symbolic links are refused, so that a backup cannot name files elsewhere.
struct InputFile: ~Copyable {
    private static let chunk = 256 << 10

    private let descriptor: Int32
    private let path: String

    init(_ path: String) throws(BackupError) {
        let opened = unsafe open(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK)
        guard opened >= 0 else { throw .system(errno, "\(path) cannot be opened") }
        var status = stat()
        guard unsafe fstat(opened, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            close(opened)
            throw BackupError(.file, "\(path) is not a file: a backup holds nothing else.")
        }
        self.path = path
        descriptor = opened
    }

    deinit { close(descriptor) }

    /// The next bytes; nil at the end.
    func next() throws(BackupError) -> [UInt8]? {
        var failure: Int32 = 0
        let bytes = unsafe [UInt8](unsafeUninitializedCapacity: Self.chunk) { buffer, count in
            var size = 0
            repeat {
                size = unsafe read(descriptor, buffer.baseAddress, buffer.count)
            } while size < 0 && errno == EINTR
            failure = size < 0 ? errno : 0
            count = max(0, size)
        }
        guard failure == 0 else { throw .system(failure, "\(path) cannot be read") }
        return bytes.isEmpty ? nil : bytes
    }
}

/// A new file, readable by its owner only, that adds up what is written.
struct OutputFile: ~Copyable {
    private let descriptor: Int32
    private let path: String
    private var meter = FileMeter()

    init(_ path: String) throws(BackupError) {
        let opened = unsafe open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard opened >= 0 else { throw .system(errno, "\(path) cannot be made") }
        self.path = path
        descriptor = opened
    }

    deinit { close(descriptor) }

    mutating func write(_ bytes: [UInt8]) throws(BackupError) {
        var written = 0
        while written < bytes.count {
            let size = unsafe bytes.withUnsafeBytes { buffer in
                unsafe Glibc.write(descriptor, buffer.baseAddress?.advanced(by: written), buffer.count - written)
            }
            if size < 0, errno == EINTR { continue }
            guard size >= 0 else { throw .system(errno, "\(path) cannot be written") }
            written += size
        }
        meter.add(bytes)
    }

    /// Returns when all is on the disk.
    mutating func finish() throws(BackupError) -> FileSum {
        try Folder.keep(path)
        return meter.finish()
    }
}
