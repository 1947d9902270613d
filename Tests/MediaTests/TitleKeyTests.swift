import Foundation
import Media
import TestSupport
import Testing

@Suite("TitleKey")
struct TitleKeyTests {
    @Test(
        "folds case, marks and white space",
        arguments: [
            ("Amélie", "amelie"), ("AMÉLIE", "amelie"), ("Ame\u{301}lie", "amelie"),
            ("  The   Thing\t2 ", "the thing 2"),
            ("Œuvre", "oeuvre"), ("Straße", "strasse"), ("Ægir", "aegir"), ("Łódź", "lodz"), ("", ""), (" \n ", ""),
            ("進撃の巨人", "進撃の巨人"), ("100% Wolf", "100% wolf"),
        ])
    func folds(title: String, key: String) {
        #expect(TitleKey.fold(title) == key)
    }

    @Test("folding twice changes nothing, and composed and decomposed letters fold alike")
    func idempotent() {
        var random = SeededRandom(seed: 21)
        let letters = Array("aÀéêñÖüßøŁçŞ ž \u{301}ガ各Ω\"%_-0").map(String.init)
        for _ in 0..<3_000 {
            let title = (0..<random.below(20)).map { _ in random.pick(letters) }.joined()
            let key = TitleKey.fold(title)
            #expect(TitleKey.fold(key) == key)
            #expect(key.first != " " && key.last != " " && !key.contains("  "))
        }
        for title in ["Amélie", "Señor Ñ", "Žižkov", "ÀÁÂÃÄÅ"] {
            #expect(
                TitleKey.fold(title.decomposedStringWithCanonicalMapping)
                    == TitleKey.fold(title.precomposedStringWithCanonicalMapping))
        }
    }

    @Test("the short cut for ASCII agrees with the long way for every byte")
    func shortCut() {
        var random = SeededRandom(seed: 22)
        var output: [UInt8] = []
        for _ in 0..<5_000 {
            let bytes = (0..<random.below(12)).map { _ in UInt8(random.below(128)) } + Array("x".utf8)
            let isFolded = TitleKey.foldASCII(bytes, into: &output)
            #expect(isFolded)
            // One more letter sends the same text the long way.
            let long = TitleKey.fold(String(decoding: bytes, as: UTF8.self) + "各")
            #expect(String(decoding: output, as: UTF8.self) + "各" == long)
        }
        let isFolded = TitleKey.foldASCII(Array("é".utf8), into: &output)
        #expect(!isFolded)
    }
}
