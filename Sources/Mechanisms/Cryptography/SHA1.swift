import CCrypto

/// Returns the SHA-1 digest of some bytes: 20 bytes.
///
/// Only where a protocol demands it, as WebSocket's handshake does (RFC 6455 §4.2.2): SHA-1 protects nothing any more.
public func sha1(_ bytes: [UInt8]) -> [UInt8] {
    unsafe [UInt8](unsafeUninitializedCapacity: 20) { digest, initialized in
        let result = unsafe bytes.withUnsafeBytes { input in
            unsafe EVP_Digest(input.baseAddress, input.count, digest.baseAddress, nil, EVP_sha1(), nil)
        }
        precondition(result == 1, "sha1: libcrypto does not offer SHA-1")
        initialized = 20
    }
}
