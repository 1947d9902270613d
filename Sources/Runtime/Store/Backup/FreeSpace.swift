/// Looks at the disk before a long copy starts, rather than filling it up.
struct FreeSpace: Sendable {
    /// Left for others, above all for the database on the same disk.
    private static let margin: Int64 = 16 << 20

    let path: String
    /// What to do about a full disk, as the end of a sentence.
    let advice: String
    let freeBytes: @Sendable (String) -> Int64?

    /// Refuses when that many bytes do not fit.
    func require(_ bytes: Int64) throws(BackupError) {
        guard let free = freeBytes(path), free < bytes + Self.margin else { return }
        throw BackupError(
            .noSpace,
            "\(path) needs about \(Self.megabytes(bytes + Self.margin)) MB, and \(Self.megabytes(free)) MB are free:"
                + " \(advice).")
    }

    /// Rounded up.
    private static func megabytes(_ bytes: Int64) -> Int64 { (bytes + 999_999) / 1_000_000 }
}
