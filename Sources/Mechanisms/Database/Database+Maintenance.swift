import Glibc

/// Backup, checks, and size.
extension Database {
    /// Reads one state of the whole database on a connection and thread of its own: for long work such as a backup.
    public func snapshot<T: Sendable>(_ body: @escaping @Sendable (Reader) throws -> T) async throws -> T {
        try await onOwnThread("db-snapshot", threads) { [connector] in
            let line = ConnectionLine(connector, .read)
            let connection = try line.begin()
            defer { connection.rollback() }
            let reader = Reader(connection, connector.backend)
            defer { reader.end() }
            return try body(reader)
        }
    }

    /// Writes a complete copy of a SQLite database, taken at one moment while work goes on.
    ///
    /// The copy is readable by its owner only.
    /// - Parameter path: a file that does not exist yet.
    /// - Throws: `DatabaseError`, `.misuse` on PostgreSQL: use `snapshot` and `Reader.copyOut(table:_:)` there.
    public func vacuumInto(path: String) async throws {
        guard case .sqlite(let source) = location else {
            throw DatabaseError(.misuse, "PostgreSQL has no file to copy: use snapshot and copyOut.")
        }
        let file = unsafe Glibc.open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard file >= 0 else {
            throw DatabaseError(
                .cannotOpen, "The copy \(path) cannot be made: \(SQLiteOpening.reason(errno)). Check the folder.")
        }
        Glibc.close(file)
        do {
            try await onOwnThread("db-backup", threads) {
                let connection = try SQLiteConnection(path: source, .maintenance)
                _ = try connection.execute("VACUUM INTO $1", [.text(path)])
            }
        } catch {
            unsafe unlink(path)
            throw error
        }
    }

    /// Looks for damage; empty means none was found.
    ///
    /// SQLite checks every page, index, and foreign key. PostgreSQL, which has no such check for its clients, reads every
    /// row of every table.
    public func integrityCheck() async throws -> [String] {
        switch backend {
        case .sqlite:
            try await snapshot { reader in
                var problems = try reader.rows("PRAGMA integrity_check(100)") { $0.text(0) }.filter { $0 != "ok" }
                problems += try reader.rows("PRAGMA foreign_key_check") {
                    "\($0.text(0)): row \($0.integer(1)) refers to a missing row of \($0.text(2))"
                }
                return problems
            }
        case .postgresql:
            try await snapshot { reader in
                for table in try reader.tables() { try reader.copyOut(table: table) { _ in } }
                return []
            }
        }
    }

    /// Moves what is in the write-ahead log of SQLite into the file; nothing to do on PostgreSQL.
    public func checkpoint() async throws {
        guard case .sqlite(let path) = location, !isReadOnly else { return }
        try await onOwnThread("db-checkpoint", threads) {
            try SQLiteConnection(path: path, .maintenance).checkpoint()
        }
    }

    /// How many bytes the database takes on its disk.
    ///
    /// On PostgreSQL the size last measured (0 at first): asking starts a measurement when it is over a minute old.
    public var sizeBytes: Int64 {
        switch location {
        case .sqlite(let path): return Self.fileSize(path) + Self.fileSize(path + "-wal")
        case .postgresql:
            if serverSize.startsMeasuring() { measure() }
            return serverSize.bytes
        }
    }

    private func measure() {
        let size = serverSize
        readers.submit(
            ReadJob(
                run: { reader in
                    let bytes = try? reader.first("SELECT pg_database_size(current_database())") { $0.integer(0) }
                    size.measured(bytes)
                    return {}
                },
                refuse: { _ in size.measured(nil) }))
    }

    private static func fileSize(_ path: String) -> Int64 {
        var status = stat()
        return unsafe stat(path, &status) == 0 ? Int64(status.st_size) : 0
    }
}
