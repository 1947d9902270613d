import CSQLite
import Glibc

/// Opens a file, or says what is wrong with it.
enum SQLiteOpening {
    /// Done once, before SQLite starts: connections are never shared by threads, and nobody reads its memory statistics.
    private static let configured: Void = {
        _ = csqlite_config_one_thread_per_connection()
        _ = csqlite_config_no_memory_statistics()
        // A webhook touches some twenty pages of 4 KiB; the default of 64 KiB wrote each of them to a file.
        _ = csqlite_config_savepoint_memory(1 << 20)
    }()

    private static let writerSettings = """
        PRAGMA synchronous = FULL; PRAGMA secure_delete = OFF; PRAGMA foreign_keys = ON; \
        PRAGMA journal_size_limit = 67108864
        """
    /// The writer's cache, in KiB when negative: what large imports live on, and what is kept between them.
    static func cacheSetting(for size: WriteSize) -> String {
        switch size {
        case .small: "PRAGMA cache_size = -4096"
        case .large: "PRAGMA cache_size = -16384"
        }
    }
    private static let readerSettings = """
        PRAGMA busy_timeout = 5000; PRAGMA cache_size = -2048; PRAGMA query_only = ON
        """

    static func open(_ path: String, _ mode: SQLiteConnection.Mode) throws(DatabaseError) -> OpaquePointer {
        _ = configured
        if mode == .live(.write) { try prepareFile(path) }
        if mode == .copy { try checkFile(path) }
        let flags = mode == .copy ? SQLITE_OPEN_READONLY | SQLITE_OPEN_URI : SQLITE_OPEN_READWRITE
        let name = mode == .copy ? immutableName(path) : path
        var raw: OpaquePointer?
        let code = unsafe sqlite3_open_v2(name, &raw, flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, nil)
        guard let handle = unsafe raw else {
            throw DatabaseError(.cannotOpen, "SQLite has no memory to open \(path).")
        }
        do throws(DatabaseError) {
            guard code == SQLITE_OK else { throw unsafe SQLiteFailure.error(handle, sql: nil) }
            try unsafe settle(handle, path, mode)
            return unsafe handle
        } catch {
            unsafe sqlite3_close_v2(handle)  // open allocates even when it fails
            throw error.opening(path)
        }
    }

    /// Applies the settings and reads the schema, which finds a file that is no database.
    private static func settle(
        _ handle: OpaquePointer, _ path: String, _ mode: SQLiteConnection.Mode
    ) throws(DatabaseError) {
        switch mode {
        case .live(.write):
            guard unsafe sqlite3_db_readonly(handle, "main") == 0 else {
                throw DatabaseError(.readOnly, "The file can only be read.")
            }
            try unsafe run(handle, "PRAGMA busy_timeout = 5000; PRAGMA journal_mode = WAL")
            try unsafe run(handle, writerSettings)
            try unsafe run(handle, cacheSetting(for: .small))
        case .live(.read), .copy: try unsafe run(handle, readerSettings)
        case .maintenance: try unsafe run(handle, "PRAGMA busy_timeout = 5000; PRAGMA cache_size = -2048")
        }
        try unsafe run(handle, "SELECT count(*) FROM sqlite_master")
    }

    private static func run(_ handle: OpaquePointer, _ sql: String) throws(DatabaseError) {
        guard unsafe sqlite3_exec(handle, sql, nil, nil, nil) == SQLITE_OK else {
            throw unsafe SQLiteFailure.error(handle, sql: nil)
        }
    }

    /// Creates the file if it is not there, readable by its owner only: it holds private data.
    private static func prepareFile(_ path: String) throws(DatabaseError) {
        let created = unsafe Glibc.open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard created < 0 else {
            Glibc.close(created)
            return try checkFile(path)
        }
        let cause = errno
        let folder = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
        switch cause {
        case ENOENT: throw DatabaseError(.cannotOpen, "The folder of \(path) does not exist: create \(folder) first.")
        case EISDIR: throw DatabaseError(.cannotOpen, "\(path) is a folder: name a file in it.")
        case EACCES, EPERM:
            throw DatabaseError(
                .readOnly,
                "User \(geteuid()) may not write \(path): run chown -R \(geteuid()) on it and on \(folder).")
        case EROFS: throw DatabaseError(.readOnly, "\(path) is on a read-only file system: choose another folder.")
        case ENOSPC: throw DatabaseError(.full, "No space left for \(path): free some.")
        default:
            throw DatabaseError(.cannotOpen, "\(path) cannot be opened: \(reason(cause)).")
        }
    }

    private static func checkFile(_ path: String) throws(DatabaseError) {
        var status = stat()
        guard unsafe stat(path, &status) == 0 else {
            throw DatabaseError(.cannotOpen, "\(path) cannot be opened: \(reason(errno)).")
        }
        guard status.st_mode & S_IFMT == S_IFREG else {
            throw DatabaseError(.cannotOpen, "\(path) is not a file.")
        }
    }

    /// What the system says of an error number.
    static func reason(_ code: Int32) -> String {
        unsafe strerror(code).map { unsafe String(cString: $0) } ?? "error \(code)"
    }

    /// A name that tells SQLite to make no lock, no journal, and no change.
    private static func immutableName(_ path: String) -> String {
        var name = "file:"
        for byte in path.utf8 {
            switch byte {
            case UInt8(ascii: "?"): name += "%3f"
            case UInt8(ascii: "#"): name += "%23"
            case UInt8(ascii: "%"): name += "%25"
            default: name.unicodeScalars.append(Unicode.Scalar(byte))
            }
        }
        return name + "?immutable=1"
    }
}

extension DatabaseError {
    /// The same failure, met while opening `place`.
    fileprivate func opening(_ place: String) -> DatabaseError {
        let reason = reason == .statement ? .cannotOpen : reason
        return DatabaseError(reason, "The database \(place) cannot be opened. \(message)", code: code)
    }
}
