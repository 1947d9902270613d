import Cryptography
import TestSupport
import Testing

@Suite("A sealing key")
struct SealingKeyTests {
    private let key: SealingKey
    private let other: SealingKey

    init() throws {
        key = try #require(SealingKey(bytes: Array(0..<32)))
        other = try #require(SealingKey(bytes: Array(1..<33)))
    }

    @Test("opens what it sealed, whatever the text", arguments: ["", "a", "key with spaces", "žluťoučký 🐎", longText])
    func roundTrip(text: String) {
        #expect(key.open(key.seal(text, for: "settings|X"), for: "settings|X") == text)
    }

    private static let longText = String(repeating: "0123456789abcdef", count: 1_000)

    @Test("opens a vector that PyCryptodome and OpenSSL's own tests agree on")
    func vector() throws {
        // NIST's GCM test case 14 has an all-zero key, nonce and block: its tag and ciphertext are published.
        let zero = try #require(SealingKey(bytes: [UInt8](repeating: 0, count: 32)))
        let sealed = try #require(
            HexEncoding.decode(
                String(repeating: "0", count: 24) + "cea7403d4d606b6e074ec5d3baf39d18"
                    + "d0d1c8a799996bf0265b98b5d48ab919"))
        #expect(zero.open(sealed, for: "") == String(repeating: "\0", count: 16))
    }

    @Test("opens nothing with another key or for another place")
    func elsewhere() {
        let sealed = key.seal("secret", for: "settings|A")
        #expect(other.open(sealed, for: "settings|A") == nil)
        #expect(key.open(sealed, for: "settings|B") == nil)
    }

    @Test("notices every changed and every missing byte")
    func changed() {
        let sealed = key.seal("secret", for: "place")
        for index in sealed.indices {
            var changed = sealed
            changed[index] ^= 1
            #expect(key.open(changed, for: "place") == nil)
            #expect(key.open(Array(sealed.prefix(index)), for: "place") == nil)
        }
    }

    @Test("seals the same text differently each time, and never shows it")
    func fresh() {
        let sealed = (0..<50).map { _ in key.seal("the same secret", for: "place") }
        #expect(Set(sealed).count == 50)
        #expect(sealed.allSatisfy { !String(decoding: $0, as: UTF8.self).contains("secret") })
    }

    @Test("is exactly 32 bytes")
    func length() {
        #expect(SealingKey(bytes: []) == nil)
        #expect(SealingKey(bytes: Array(0..<31)) == nil)
    }
}
