import Foundation
import HTML
import Testing

@testable import Dashboard

@Suite("Strings")
struct StringsTests {
    @Test("English is complete, and no key stands in two areas")
    func complete() {
        let keys = Strings.englishAreas.flatMap(\.keys)
        #expect(Set(keys) == Set(Strings.Key.allCases))
        #expect(keys.count == Strings.Key.allCases.count)
        for key in Strings.Key.allCases { #expect(!Strings.english[key].isEmpty) }
    }

    @Test("every key is used by a view")
    func used() throws {
        let source = try Self.views()
        let words = Set(source.split { !$0.isLetter && !$0.isNumber && $0 != "." }.flatMap { $0.split(separator: ".") })
        let unused = Strings.Key.allCases.filter { !words.contains(Substring($0.rawValue)) }
        #expect(unused.isEmpty, "\(unused)")
    }

    @Test("no page shows a sentence that is not in the catalogue")
    func inline() {
        let marked = Dictionary(
            uniqueKeysWithValues: Strings.Key.allCases.map { key in (key, Phrase.text("⟦\(Strings.english[key])⟧")) })
        let strings = Strings(language: "en", phrases: marked) { _ in .other }
        for sample in Samples.pages(PageContext(strings: strings)) {
            for piece in pieces(sample.page.string) {
                switch piece {
                case .text(let text): expectMarked(text, sample.name)
                case .open(let tag):
                    for name in ["aria-label", "placeholder", "alt"] { expectMarked(tag[name] ?? "", sample.name) }
                case .close: break
                }
            }
        }
    }

    /// Outside the brackets there may be values of the model, numbers and signs, but no word of ours.
    private func expectMarked(_ text: String, _ name: String) {
        var rest = ""
        var depth = 0
        for character in text {
            depth += character == "⟦" ? 1 : character == "⟧" ? -1 : 0
            if depth == 0 { rest.append(character) }
        }
        let words = rest.split { !$0.isLetter }.map(String.init).filter { $0.count > 1 }
        for word in words where !Self.values.contains(word) { Issue.record("\(name): “\(word)” in “\(text)”") }
    }

    /// Every word of the sample models, of times, and of key caps.
    private static let values: Set<String> = {
        var dumped = ""
        dump(Samples.library.map(\.model), to: &dumped)
        dump(Samples.requests(), to: &dumped)
        dump(Samples.requestPages.map(\.model), to: &dumped)
        dump(Samples.activities.map(\.model), to: &dumped)
        dump(Samples.status(), to: &dumped)
        dump(Samples.settings.map(\.model), to: &dumped)
        dump(Samples.histories.map(\.model), to: &dumped)
        dump(Samples.docs(), to: &dumped)
        dump(Samples.deletions.map(\.model), to: &dumped)
        dump(Samples.deletePlan(), to: &dumped)
        dump(Samples.emptyRequests(filtered: true), to: &dumped)
        dumped += " UTC GiB MiB Enter Esc amp quot lt gt Jellyfin is not answering"
        return Set(dumped.split { !$0.isLetter }.map(String.init))
    }()

    private static func views() throws -> String {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appendingPathComponent("Sources/Delivery/Dashboard")
        let files = try #require(FileManager.default.enumerator(at: root, includingPropertiesForKeys: nil))
        return try files.compactMap { $0 as? URL }
            .filter { $0.pathExtension == "swift" && !$0.path.contains("/Strings/") }
            .map { try String(decoding: Data(contentsOf: $0), as: UTF8.self) }.joined(separator: "\n")
    }

    @Test("plural forms, grouped numbers and named values")
    func forms() {
        let strings = Strings.english
        #expect(strings[.jobsRunning, count: 1] == "1 job running")
        #expect(strings[.jobsRunning, count: 1270] == "1,270 jobs running")
        #expect(strings[.jobDoneOf, ["done": "1", "total": "{done}"]] == "1 of {done}")
        #expect(strings[.jobDoneOf, ["done": "1"]] == "1 of {total}")
    }
}
