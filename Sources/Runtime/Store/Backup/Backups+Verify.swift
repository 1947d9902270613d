import Database

extension Backups {
    /// Reads a whole backup and compares it with its manifest.
    ///
    /// Sizes and check sums of all files; SQLite: opens the copy without changing it, looks for damage, and counts the
    /// rows of every table; PostgreSQL: counts the rows in every file.
    /// - Returns: what was found; a damaged backup is no error.
    /// - Throws: `BackupError` when there is no such backup.
    public func verify(_ id: String) async throws -> BackupVerification {
        try await Self.verify(id, in: folder, files)
    }

    static func verify(_ id: String, in folder: BackupFolder, _ files: FileThread) async throws -> BackupVerification {
        let backup = try await files.run { try folder.backup(id) }
        if let damage = backup.damage { return BackupVerification(backup: backup, problems: [damage]) }
        let (manifest, problems) = try await files.run {
            let manifest = try folder.manifest(of: id)
            return (manifest, manifest.fileProblems(in: backup.path))
        }
        // Of a file whose sum is wrong nothing more is asked.
        guard problems.isEmpty, manifest.backend == .sqlite else {
            return BackupVerification(backup: backup, problems: problems)
        }
        return BackupVerification(backup: backup, problems: await manifest.databaseProblems(in: backup.path))
    }
}

extension BackupManifest {
    /// Compares size, sum, and rows of each file.
    fileprivate func fileProblems(in path: String) -> [String] {
        var problems = shapeProblems()
        for file in files {
            guard Folder.exists(path + "/" + file.name) else {
                problems.append("\(file.name) is missing.")
                continue
            }
            do throws(BackupError) {
                problems += file.problems(
                    try FileSum.of(path + "/" + file.name), rows: file.table.flatMap { tables[$0] })
            } catch {
                problems.append(error.message)
            }
        }
        return problems
    }

    /// What the manifest says must be possible at all.
    private func shapeProblems() -> [String] {
        switch backend {
        case .sqlite:
            return files.map(\.name) == [BackupContent.databaseFile]
                ? [] : ["The manifest does not name \(BackupContent.databaseFile) as the only file."]
        case .postgresql:
            return files.compactMap(\.table).sorted() == tables.keys.sorted() && files.allSatisfy { $0.table != nil }
                ? [] : ["The manifest does not name one file for each table."]
        }
    }

    /// Opens the copy and looks into it.
    fileprivate func databaseProblems(in path: String) async -> [String] {
        let location = DatabaseLocation.sqlite(path: path + "/" + BackupContent.databaseFile)
        do {
            let copy = try await Database.open(location, readers: 1, readOnly: true)
            let problems: [String]
            do {
                problems = try await copy.integrityCheck()
            } catch {
                problems = ["\(error)"]
            }
            await copy.close()
            guard problems.isEmpty else { return problems }
            let found = try await BackupContent.inspect(path + "/" + BackupContent.databaseFile)
            return differences(from: found.tables, schema: found.schema)
        } catch {
            return ["\(error)"]
        }
    }

    private func differences(from found: [String: Int64], schema foundSchema: [String]) -> [String] {
        var problems = Set(tables.keys).union(found.keys).sorted().compactMap { table -> String? in
            guard tables[table] != found[table] else { return nil }
            let (said, counted) = (tables[table].map(String.init) ?? "no", found[table].map(String.init) ?? "no")
            return "\(table): the manifest says \(said) rows, the copy has \(counted) rows."
        }
        if schema != foundSchema { problems.append("The manifest names other migrations than the copy has.") }
        return problems
    }
}

extension BackupManifest.File {
    fileprivate func problems(_ found: FileSum, rows: Int64?) -> [String] {
        guard found.bytes == bytes else {
            return ["\(name) has \(found.bytes) bytes, the manifest says \(bytes): it was cut or overwritten."]
        }
        guard found.sha256 == sha256 else {
            return ["\(name) has another SHA-256 than the manifest says: its bytes have changed."]
        }
        guard let rows, rows != found.lines else { return [] }
        return ["\(name) holds \(found.lines) rows, the manifest says \(rows) rows."]
    }
}
