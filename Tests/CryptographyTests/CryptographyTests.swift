import Cryptography
import Testing

@Suite struct SHA256Tests {
    @Test(
        "agrees with the vectors of FIPS 180-4",
        arguments: [
            ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
            ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
            (
                "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
                "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
            ),
        ])
    func vectors(text: String, digest: String) {
        #expect(SHA256.hex(of: text) == digest)
        #expect(SHA256.hex(of: Array(text.utf8)) == digest)
    }

    @Test("pieces give the digest of the whole, and the next digest starts empty")
    func streaming() {
        let whole = (0..<100_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
        var hash = SHA256()
        for start in stride(from: 0, to: whole.count, by: 777) {
            hash.update(Array(whole[start..<min(start + 777, whole.count)]))
        }
        #expect(hash.finalize() == SHA256.digest(of: whole))
        #expect(hash.finalize() == SHA256.digest(of: []))
    }
}

@Suite struct SecretTests {
    @Test("random bytes have the length asked for and do not repeat")
    func random() {
        #expect(randomBytes(0).isEmpty)
        #expect(randomBytes(33).count == 33)
        #expect(randomBytes(32) != randomBytes(32))
    }

    @Test("equal means same length and same bytes")
    func comparison() {
        #expect(constantTimeEqual("token", "token"))
        #expect(constantTimeEqual("", ""))
        #expect(!constantTimeEqual("token", "tokem"))
        #expect(!constantTimeEqual("token", "token "))
        #expect(!constantTimeEqual([], [0]))
    }
}

@Suite struct HexEncodingTests {
    @Test("every byte survives the way there and back")
    func roundTrip() {
        let all = (0...255).map { UInt8($0) }
        #expect(HexEncoding.decode(HexEncoding.encode(all)) == all)
        #expect(HexEncoding.encode([0x00, 0x0f, 0xa5]) == "000fa5")
        #expect(HexEncoding.decode("AbCd") == [0xab, 0xcd])
        #expect(HexEncoding.decode("") == [])
    }

    @Test("anything but pairs of digits is refused", arguments: ["a", "0g", "é0", "0x", " 00", "12 34"])
    func refused(text: String) {
        #expect(HexEncoding.decode(text) == nil)
    }
}
