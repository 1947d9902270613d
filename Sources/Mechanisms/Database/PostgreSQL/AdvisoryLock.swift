/// The names that all replicas agree on.
enum AdvisoryLock {
    static let channel = "notices"
    /// Any number that nothing else in the database uses.
    static let writer: Int64 = 0x4442_5752_4954_4552

    /// The number of a named session lock: FNV-1a, because Swift's own hashes differ in each process.
    static func key(_ name: String) -> Int64 {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in name.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
        return Int64(bitPattern: hash)
    }
}
