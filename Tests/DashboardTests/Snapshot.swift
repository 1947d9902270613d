import Foundation
import Testing

/// Compares `text` with the file of that name in `__Snapshots__`.
///
/// `RECORD_SNAPSHOTS=1` rewrites the file and fails, so that nobody records by accident; a missing file fails too.
func expectSnapshot(
    of text: String, named name: String, file: String = #filePath, location: SourceLocation = #_sourceLocation
) throws {
    let folder = URL(fileURLWithPath: file).deletingLastPathComponent().appendingPathComponent("__Snapshots__")
    let snapshot = folder.appendingPathComponent(name)
    if ProcessInfo.processInfo.environment["RECORD_SNAPSHOTS"] == "1" {
        try Data(text.utf8).write(to: snapshot)
        Issue.record("recorded \(name)", sourceLocation: location)
        return
    }
    guard let stored = try? String(decoding: Data(contentsOf: snapshot), as: UTF8.self) else {
        Issue.record("no snapshot \(name); record it with RECORD_SNAPSHOTS=1", sourceLocation: location)
        return
    }
    guard stored != text else { return }
    let pairs = zip(stored.split(separator: "\n"), text.split(separator: "\n"))
    let first = pairs.enumerated().first { $0.element.0 != $0.element.1 }
    Issue.record(
        "\(name) line \((first?.offset ?? 0) + 1): \(first.map { "\($0.element.0) → \($0.element.1)" } ?? "length")",
        sourceLocation: location)
}

/// One tag a line, so that a difference names its place.
func lines(_ html: String) -> String {
    html.replacingOccurrences(of: "><", with: ">\n<") + "\n"
}
