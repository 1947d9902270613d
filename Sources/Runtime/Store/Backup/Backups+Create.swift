import Database
import Media

extension Backups {
    /// Makes a backup of the state of one moment while work goes on.
    ///
    /// - Parameter reason: why; part of its name.
    /// - Returns: the finished backup.
    /// - Throws: `BackupError`; then nothing of it is left.
    @discardableResult
    public func create(reason: BackupReason) async throws -> BackupInfo {
        let (directory, createdAt) = (folder.path, now())
        let unfinished = try await files.run { try UnfinishedBackup(in: directory, at: createdAt, reason) }
        do {
            let content = try await content(in: unfinished.path)
            let manifest = BackupManifest(
                version: version, schema: content.schema, backend: database.backend, createdAt: createdAt,
                reason: reason, tables: content.tables, files: content.files)
            return try await files.run { try unfinished.complete(manifest) }
        } catch {
            await files.run { unfinished.discard() }
            throw BackupError.explaining(
                error, "The backup of \(database.location) in \(directory) failed, and nothing of it was kept")
        }
    }

    private func content(in path: String) async throws -> BackupContent {
        let space = FreeSpace(
            path: path, advice: "remove old backups, or choose another folder with MARQUEE_BACKUP_DIR",
            freeBytes: freeBytes)
        switch database.backend {
        case .sqlite:
            let size = try await database.read { try $0.usedBytes() }
            try space.require(size)
            let copy = path + "/" + BackupContent.databaseFile
            try await database.vacuumInto(path: copy)
            let (schema, tables) = try await BackupContent.inspect(copy)
            let sum = try await files.run { try FileSum.of(copy, keeping: true) }
            return BackupContent(
                schema: schema, tables: tables, files: [.init(BackupContent.databaseFile, sum, table: nil)])
        case .postgresql:
            // The thread of the snapshot is its own, so the files are written there too.
            return try await database.snapshot { reader in
                try space.require(reader.usedBytes())
                return try BackupContent(copying: reader, to: path)
            }
        }
    }
}

/// What is in a backup, all of the same moment.
struct BackupContent: Sendable {
    /// A whole SQLite database.
    static let databaseFile = "marquee.db"

    let schema: [String]
    let tables: [String: Int64]
    let files: [BackupManifest.File]

    init(schema: [String], tables: [String: Int64], files: [BackupManifest.File]) {
        self.schema = schema
        self.tables = tables
        self.files = files
    }

    /// Writes each table into a file, in COPY text format.
    init(copying reader: Reader, to path: String) throws {
        var tables: [String: Int64] = [:]
        var files: [BackupManifest.File] = []
        for (index, table) in try reader.tables().enumerated() {
            let name = Self.fileName(of: table, index)
            var file = try OutputFile(path + "/" + name)
            try reader.copyOut(table: table) { try file.write($0) }
            let sum = try file.finish()
            tables[table] = sum.lines
            files.append(.init(name, sum, table: table))
        }
        self.init(schema: try reader.appliedSchema(in: tables.keys), tables: tables, files: files)
    }

    /// What a copied SQLite file holds; the copy is not changed.
    static func inspect(_ path: String) async throws -> (schema: [String], tables: [String: Int64]) {
        let copy = try await Database.open(.sqlite(path: path), readers: 1, readOnly: true)
        do {
            let found = try await copy.read { reader in
                var tables: [String: Int64] = [:]
                for table in try reader.tables() { tables[table] = try reader.rowCount(of: table) }
                return (try reader.appliedSchema(in: tables.keys), tables)
            }
            await copy.close()
            return found
        } catch {
            await copy.close()
            throw error
        }
    }

    /// The table's own name where every file system takes it.
    private static func fileName(of table: String, _ index: Int) -> String {
        let isPlain = table.utf8.allSatisfy { byte in
            byte == UInt8(ascii: "_") || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
                || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
        }
        return (isPlain && table.utf8.count <= 63 ? table : "table-\(index + 1)") + ".copy"
    }
}

extension BackupManifest.File {
    init(_ name: String, _ sum: FileSum, table: String?) {
        self.init(name: name, bytes: sum.bytes, sha256: sum.sha256, table: table)
    }
}

extension Reader {
    /// The migrations applied, in order; none when there is no record of any.
    func appliedSchema(in tables: some Sequence<String>) throws -> [String] {
        guard tables.contains("schema_migrations") else { return [] }
        return try rows("SELECT id FROM schema_migrations ORDER BY position") { $0.text(0) }
    }

    /// About as many bytes as a backup of what can be seen will take.
    func usedBytes() throws -> Int64 {
        let size: SQL = .perBackend(
            sqlite: """
                SELECT (pages.page_count - free.freelist_count) * size.page_size \
                FROM pragma_page_count AS pages, pragma_freelist_count AS free, pragma_page_size AS size
                """,
            postgresql: """
                SELECT CAST(coalesce(sum(pg_table_size(oid)), 0) AS BIGINT) FROM pg_class \
                WHERE relkind = 'r' AND relnamespace = (SELECT oid FROM pg_namespace WHERE nspname = current_schema())
                """)
        return try first(size) { $0.integer(0) } ?? 0
    }
}
