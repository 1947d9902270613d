import Foundation
import Settings
import Testing

/// The written reference must say what the declarations say.
@Suite struct ConfigurationReferenceTests {
    static let marker = "<!-- Below: generated from Sources/Runtime/Settings by `make docs`. -->\n"

    @Test("docs/configuration.md lists every setting as declared") func reference() throws {
        let current = try Self.read("configuration.md")
        let head = current.range(of: Self.marker).map { String(current[..<$0.upperBound]) }
        let expected = try #require(head, "the marker line is missing") + "\n" + ConfigurationReference.markdown()
        try Self.compare(current, expected, "configuration.md")
    }

    @Test("docs/configuration.schema.json describes the file as declared") func schema() throws {
        let expected = ConfigurationReference.schema()
        #expect(throws: Never.self) { try JSONSerialization.jsonObject(with: Data(expected.utf8)) }
        try Self.compare((try? Self.read("configuration.schema.json")) ?? "", expected, "configuration.schema.json")
    }

    @Test("every setting is declared once, in the order of the names") func catalogue() {
        let own = SettingCatalogue.own.map(\.name)
        #expect(own == own.sorted())
        #expect(Set(SettingCatalogue.all.map(\.name)).count == SettingCatalogue.all.count)
        // Names kept from the earlier programs (operations.md §1).
        #expect(own.filter { !$0.hasPrefix("MARQUEE_") } == ["ADMIN_USER_IDS", "ENABLE_DELETION_SYNC"])
    }

    @Test("doctor's list has every setting of the reference") func sources() throws {
        #expect(try Set(load().sources.map(\.name)) == Set(SettingCatalogue.all.map(\.name)))
    }

    private static func compare(_ current: String, _ expected: String, _ name: String) throws {
        guard current != expected else { return }
        if ProcessInfo.processInfo.environment["RECORD_SNAPSHOTS"] == "1" { try write(expected, name) }
        Issue.record("docs/\(name) differs from the declarations; `make docs` writes it anew")
    }

    private static func read(_ name: String) throws -> String {
        try String(contentsOf: docs.appending(path: name), encoding: .utf8)
    }

    private static func write(_ text: String, _ name: String) throws {
        try text.write(to: docs.appending(path: name), atomically: true, encoding: .utf8)
    }

    private static var docs: URL {
        URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../docs").standardized
    }
}
