/// Numbers that depend on nothing but the seed, a subject and a purpose, so that nothing has to be stored.
struct Dice: Sendable {
    /// What a number is for: two purposes of one subject are independent of each other.
    enum Purpose: UInt64, Sendable {
        case oddIdentifiers = 1, oddCopies, oddSources, oddScript, oddDate, oddStub, contradiction
        case holding, name, year, identifier, imdbMissing, created, copyCreated, premiere, runtime, rating
        case overview, size, codec, image, seasons, specials, episodeShare, status, added, anime, boxSet
        case key, user, fault, shuffle, collection
        case flowName, flowDelay, flowSize, flowHash, flowRelease
    }

    let seed: UInt64

    /// A bijection of 64-bit numbers that looks random (the finaliser of SplitMix64).
    static func mix(_ value: UInt64) -> UInt64 {
        var z = value
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }

    /// Undoes `mix(_:)`.
    static func unmix(_ value: UInt64) -> UInt64 {
        var z = value
        z = (z ^ (z >> 31) ^ (z >> 62)) &* 0x3196_42B2_D24D_8EC3
        z = (z ^ (z >> 27) ^ (z >> 54)) &* 0x96DE_1B17_3F11_9089
        return z ^ (z >> 30) ^ (z >> 60)
    }

    /// 64 bits for this subject and purpose.
    func roll(_ subject: Int, _ purpose: Purpose) -> UInt64 {
        let subjectBits = UInt64(bitPattern: Int64(subject)) &* 0x9E37_79B9_7F4A_7C15
        return Self.mix(Self.mix(seed &+ purpose.rawValue &* 0xD1B5_4A32_D192_ED03) ^ subjectBits)
    }

    /// A number in `range`, evenly spread.
    func number(_ subject: Int, _ purpose: Purpose, in range: Range<Int>) -> Int {
        range.lowerBound + Int(roll(subject, purpose) % UInt64(range.count))
    }

    /// A number from 0 to 999, to be compared with a share in thousandths.
    func perMille(_ subject: Int, _ purpose: Purpose) -> Int {
        number(subject, purpose, in: 0..<1000)
    }

    /// 32 lower-case hexadecimal digits: an API key, a token, a server id.
    func hex(_ subject: Int, _ purpose: Purpose) -> String {
        let high = roll(subject, purpose)
        return Hex.text(high) + Hex.text(Self.mix(high ^ seed))
    }
}

/// Lower-case hexadecimal with leading zeros, without Foundation.
enum Hex {
    private static let digits = Array("0123456789abcdef".utf8)

    /// The sixteen digits of a number.
    static func text(_ value: UInt64) -> String {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(16)
        append(value, to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Appends the sixteen digits of a number.
    static func append(_ value: UInt64, to bytes: inout [UInt8]) {
        for shift in stride(from: UInt64(60), through: 0, by: -4) {
            bytes.append(digits[Int((value >> shift) & 15)])
        }
    }
}
