import Database
import FoundationEssentials
import JSONStream
import Media

/// The manifest as a file.
extension BackupManifest {
    /// Tables in alphabetical order, so that equal backups have equal manifests.
    var json: [UInt8] {
        var writer = JSONWriter()
        writer.object { writer in
            writer.field("format", Self.format)
            writer.field("version", version)
            writer.field("backend", backend.rawValue)
            writer.field("created_at", createdAt.rfc3339)
            writer.field("reason", reason.rawValue)
            writer.array("schema") { for id in schema { $0.value(id) } }
            writer.object("tables") { writer in
                for (name, rows) in tables.sorted(by: { $0.key < $1.key }) {
                    writer.key(string: name)
                    writer.value(rows)
                }
            }
            writer.array("files") { for file in files { file.write(to: &$0) } }
        }
        return writer.bytes + [UInt8(ascii: "\n")]
    }

    /// Reads a manifest, and refuses names that lead out of the backup's folder.
    init(json: [UInt8]) throws(ManifestDamage) {
        let decoder = JSONDecoder()
        guard let wire = try? decoder.decode(Wire.self, from: Data(json)) else {
            if let format = try? decoder.decode(Format.self, from: Data(json)).format, format > Self.format {
                throw ManifestDamage("Its manifest has format \(format): a newer version of Marquee has made it.")
            }
            throw ManifestDamage("Its manifest is not complete: the file was cut, edited, or damaged.")
        }
        guard wire.format == Self.format else {
            throw ManifestDamage("Its manifest has format \(wire.format), this version reads \(Self.format).")
        }
        guard let backend = Backend(rawValue: wire.backend), let reason = BackupReason(rawValue: wire.reason),
            let createdAt = Timestamp(rfc3339: wire.createdAt), wire.tables.values.allSatisfy({ $0 >= 0 })
        else { throw ManifestDamage("Its manifest holds a value that no version has written.") }
        guard wire.files.allSatisfy({ Self.isPlain($0.name) && $0.bytes >= 0 }),
            wire.tables.isEmpty || !wire.files.isEmpty
        else {
            throw ManifestDamage("Its manifest names no files, or files outside of its folder.")
        }
        self.init(
            version: wire.version, schema: wire.schema, backend: backend, createdAt: createdAt, reason: reason,
            tables: wire.tables,
            files: wire.files.map { File(name: $0.name, bytes: $0.bytes, sha256: $0.sha256, table: $0.table) })
    }

    private static func isPlain(_ name: String) -> Bool {
        !name.hasPrefix(".") && (1...128).contains(name.utf8.count)
            && name.utf8.allSatisfy { $0 > 32 && $0 < 127 && $0 != UInt8(ascii: "/") }
    }

    private struct Format: Decodable {
        let format: Int
    }

    private struct Wire: Decodable {
        let format: Int
        let version: String
        let backend: String
        let createdAt: String
        let reason: String
        let schema: [String]
        let tables: [String: Int64]
        let files: [WireFile]

        enum CodingKeys: String, CodingKey {
            case format, version, backend, reason, schema, tables, files
            case createdAt = "created_at"
        }
    }

    private struct WireFile: Decodable {
        let name: String
        let bytes: Int64
        let sha256: String
        let table: String?
    }
}

extension BackupManifest.File {
    fileprivate func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.field("name", name)
            if let table { writer.field("table", table) }
            writer.field("bytes", bytes)
            writer.field("sha256", sha256)
        }
    }
}
