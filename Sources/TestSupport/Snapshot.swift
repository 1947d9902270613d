import Glibc
public import Testing

/// Compares a text with the file `__Snapshots__/<name>` beside the calling test.
///
/// With `RECORD_SNAPSHOTS=1` in the environment the file is rewritten and the test fails, so that a recording run can
/// never pass for a green one. A missing file fails too.
public func expectSnapshot(
    of text: String, named name: String, filePath: String = #filePath, sourceLocation: SourceLocation = #_sourceLocation
) throws {
    let folder = (filePath.lastIndex(of: "/").map { String(filePath[..<$0]) } ?? ".") + "/__Snapshots__"
    let file = "\(folder)/\(name)"
    if unsafe getenv("RECORD_SNAPSHOTS").map({ unsafe String(cString: $0) }) == "1" {
        _ = unsafe mkdir(folder, 0o755)
        try write(Array(text.utf8), to: file)
        Issue.record("recorded \(name): run again without RECORD_SNAPSHOTS", sourceLocation: sourceLocation)
        return
    }
    guard let wanted = content(of: file) else {
        Issue.record("no snapshot \(name): run once with RECORD_SNAPSHOTS=1", sourceLocation: sourceLocation)
        return
    }
    #expect(text == wanted, "snapshot \(name) differs", sourceLocation: sourceLocation)
}

/// A snapshot that could not be written.
public struct SnapshotError: Error, CustomStringConvertible {
    /// Which file, and the `errno` why.
    public let description: String
}

private func write(_ bytes: [UInt8], to path: String) throws {
    guard let file = unsafe fopen(path, "w") else {
        throw SnapshotError(description: "cannot write \(path): errno \(errno)")
    }
    let count = unsafe fwrite(bytes, 1, bytes.count, file)
    guard unsafe fclose(file) == 0, count == bytes.count else {
        throw SnapshotError(description: "cannot write \(path): errno \(errno)")
    }
}

private func content(of path: String) -> String? {
    guard let file = unsafe fopen(path, "r") else { return nil }
    defer { unsafe fclose(file) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while true {
        let count = unsafe fread(&buffer, 1, buffer.count, file)
        if count == 0 { return String(decoding: bytes, as: UTF8.self) }
        bytes += buffer[..<count]
    }
}
