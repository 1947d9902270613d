import Database
import Glibc

/// Inserts the rows of a file through `Database` and prints what that cost, beside floor/insert-floor.c.
@main
struct BenchInsert {
    /// As `is_number` in the floor.
    private static let isNumber: [Bool] = [
        true, false, true, true, false, false, false, true, false, false, false, false, false, true, true, true, false,
        false, true, true,
    ]
    private static let columns: [StaticString] = [
        "id", "media", "tmdb_id", "tvdb_id", "imdb_id", "title", "sort_title", "year", "overview", "poster_tag", "path",
        "jellyfin_id", "premiered", "library_added", "radarr_id", "sonarr_id", "stage", "source", "created_at",
        "updated_at",
    ]
    private static let rowsAtOnce = 500

    static func main() async throws {
        let arguments = CommandLine.arguments
        guard arguments.count == 4 else { return print("usage: bench-insert FILE DATABASE SCHEMA") }
        let source = try Source(arguments[1])
        let database = try await Database.open(.sqlite(path: arguments[2]))
        let schema = try String(decoding: readFile(arguments[3]), as: UTF8.self)
        try await database.migrate([Migration("0001-requests", schema)])

        let start = cpuSeconds()
        let inserted = try await database.writeAlone { try insert(source, in: $0) }
        let used = cpuSeconds() - start

        let (rows, checksum) = try await database.read { try Self.checksum($0) }
        guard rows == inserted, rows == source.cells.count / columns.count else {
            return print("\(inserted) rows inserted, \(rows) found")
        }
        let digits = String(checksum, radix: 16)
        let sum = String(repeating: "0", count: 16 - digits.count) + digits
        print("{\"rows\": \(rows), \"cpu_s\": \(rounded(used)), \"checksum\": \"\(sum)\"}")
        await database.close()
    }

    private static func insert(_ source: Source, in transaction: Transaction) throws -> Int {
        var rows = BulkRows(table: "requests", columns: columns)
        var inserted = 0
        try unsafe source.bytes.withUnsafeBytes { bytes in
            for first in stride(from: 0, to: source.cells.count, by: columns.count) {
                for column in 0..<columns.count {
                    let cell = source.cells[first + column]
                    if cell.size == 0 {
                        rows.appendNull()
                    } else if isNumber[column] {
                        rows.append(cell.number)
                    } else {
                        unsafe rows.append(
                            text: UnsafeRawBufferPointer(rebasing: bytes[cell.start..<cell.start + cell.size]))
                    }
                }
                rows.endRow()
                if rows.count == rowsAtOnce {
                    inserted += try transaction.insert(rows)
                    rows.removeAll()
                    try transaction.beat()
                }
            }
        }
        return inserted + (try transaction.insert(rows))
    }

    /// FNV-1a over every cell of every row, as in the floor.
    private static func checksum(_ reader: Reader) throws -> (rows: Int, hash: UInt64) {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        var rows = 0
        try reader.query("SELECT * FROM requests ORDER BY id") { row in
            rows += 1
            for column in 0..<row.columnCount {
                let found: Void? = unsafe row.withBytes(column) { bytes in
                    for byte in unsafe Array(bytes) { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
                }
                hash = (hash ^ (found == nil ? 0x101 : 0x100)) &* 0x100_0000_01b3
            }
        }
        return (rows, hash)
    }

    private static func cpuSeconds() -> Double {
        var usage = rusage()
        unsafe getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
        let seconds = usage.ru_utime.tv_sec + usage.ru_stime.tv_sec
        let micros = usage.ru_utime.tv_usec + usage.ru_stime.tv_usec
        return Double(seconds) + Double(micros) * 1e-6
    }

    private static func rounded(_ seconds: Double) -> Double { (seconds * 10_000).rounded() / 10_000 }
}

/// The rows of the file, cut into cells before the clock starts.
private struct Source: Sendable {
    struct Cell {
        let start: Int
        let size: Int
        let number: Int64
    }

    let bytes: [UInt8]
    let cells: [Cell]

    init(_ path: String) throws {
        bytes = try readFile(path)
        var cells: [Cell] = []
        var start = 0
        var number: Int64 = 0
        for (index, byte) in bytes.enumerated() {
            if byte == UInt8(ascii: "\t") || byte == UInt8(ascii: "\n") {
                cells.append(Cell(start: start, size: index - start, number: number))
                start = index + 1
                number = 0
            } else {
                number = number &* 10 &+ Int64(byte) &- 48
            }
        }
        self.cells = cells
    }
}

private struct Unreadable: Error { let path: String }

private func readFile(_ path: String) throws -> [UInt8] {
    guard let file = unsafe fopen(path, "r") else { throw Unreadable(path: path) }
    defer { unsafe fclose(file) }
    var bytes: [UInt8] = []
    var piece = [UInt8](repeating: 0, count: 1 << 20)
    while true {
        let size = unsafe fread(&piece, 1, piece.count, file)
        if size == 0 { return bytes }
        bytes += piece[..<size]
    }
}
