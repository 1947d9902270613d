import CCrypto

/// Returns `count` bytes from libcrypto's random generator, fit for keys and tokens.
///
/// Ends the process when the generator cannot be seeded: going on would hand out guessable secrets.
public func randomBytes(_ count: Int) -> [UInt8] {
    guard count > 0 else { return [] }
    return unsafe [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
        let result = unsafe RAND_bytes(buffer.baseAddress, Int32(count))
        precondition(result == 1, "randomBytes: the random generator is not seeded")
        initialized = count
    }
}
