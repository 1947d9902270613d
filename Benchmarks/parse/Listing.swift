import Glibc
import JSONStream

/// A listing in a temporary file, and the passes over it.
struct Listing {
    static let chunk = 128 << 10

    let path: String
    let bytes: Int
    let expected: Findings

    /// Writes `items` items; the same ones on every run.
    init(items: Int) {
        let folder = unsafe getenv("TMPDIR").map { unsafe String(cString: $0) } ?? "/tmp"
        let path = "\(folder)/bench-parse-\(getpid()).json"
        let file = unsafe open(path, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
        if file < 0 { Self.stop("cannot write \(path)") }
        defer { close(file) }
        var generator = ListingGenerator()
        var count = 0
        generator.write(items) { block in
            count += block.count
            Self.send(block, to: file)
        }
        self.path = path
        bytes = count
        expected = generator.findings
    }

    private static func send(_ block: [UInt8], to file: Int32) {
        var sent = 0
        while sent < block.count {
            let written = unsafe block[sent...].withUnsafeBytes { unsafe write(file, $0.baseAddress, $0.count) }
            if written <= 0 { stop("cannot write the listing") }
            sent += written
        }
    }

    private static func stop(_ message: String) -> Never {
        print("\(message): \(unsafe String(cString: strerror(errno)))")
        exit(1)
    }

    func remove() {
        unsafe unlink(path)
    }

    /// Only read(2), in chunks.
    func read() {
        var buffer = [UInt8](repeating: 0, count: Self.chunk)
        let file = unsafe open(path, O_RDONLY)
        defer { close(file) }
        var count = 0
        while case let got = unsafe buffer.withUnsafeMutableBytes({ unsafe Glibc.read(file, $0.baseAddress, $0.count) }),
            got > 0
        {
            count += got
        }
        precondition(count == bytes, "the listing was not read whole")
    }

    /// Reads and parses, as the library sync does.
    func parse(copying: Bool) -> Findings {
        var stream = RecordStream(shape: Self.shape, arrayKey: "Items", totals: ["TotalRecordCount"])
        var found = Findings()
        var buffer = [UInt8](repeating: 0, count: copying ? Self.chunk : 0)
        let file = unsafe open(path, O_RDONLY)
        defer { close(file) }
        do {
            while true {
                switch try stream.next() {
                case .record: note(stream, in: &found)
                case .needMore:
                    if copying {
                        let got = unsafe buffer.withUnsafeMutableBytes {
                            unsafe Glibc.read(file, $0.baseAddress, $0.count)
                        }
                        if got > 0 {
                            unsafe buffer.withUnsafeBytes { unsafe stream.feed(.init(rebasing: $0[..<got])) }
                        } else {
                            stream.finish()
                        }
                    } else {
                        let got = unsafe stream.feed(minimum: Self.chunk / 2) {
                            max(0, unsafe Glibc.read(file, $0.baseAddress, $0.count))
                        }
                        if got == 0 { stream.finish() }
                    }
                case .end:
                    found.total = stream.total("TotalRecordCount") ?? -1
                    return found
                }
            }
        } catch {
            print("\(error)")
            exit(1)
        }
    }

    private func note(_ stream: borrowing RecordStream, in found: inout Findings) {
        found.records += 1
        for slot in 0..<Self.texts {
            if let bytes = unsafe stream.slice(slot) {
                found.textBytes += bytes.count
            } else {
                found.absent += 1
            }
        }
        found.years += stream.integer(Self.year) ?? 0
        found.sources += stream.integer(Self.sources) ?? 0
    }

    /// What `LibraryItemReader` asks for, and nothing else.
    private static let texts = 13
    private static let (year, sources) = (13, 14)
    private static let shape = RecordShape([
        .value("Id", slot: 0), .value("Name", slot: 1), .value("Type", slot: 2), .value("Path", slot: 3),
        .objectIgnoringCase(
            "ProviderIds",
            [
                .value("Tmdb", slot: 4), .value("Tvdb", slot: 5), .value("Imdb", slot: 6), .value("AniDB", slot: 7),
                .value("Shoko Series", slot: 8),
            ]),
        .value("Overview", slot: 9), .object("ImageTags", [.value("Primary", slot: 10)]),
        .value("DateCreated", slot: 11), .value("LocationType", slot: 12), .value("ProductionYear", slot: year),
        .count("MediaSources", slot: sources),
    ])
}
