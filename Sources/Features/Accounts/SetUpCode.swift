import Cryptography
import Synchronization

/// The code of the first run: it opens the services' settings once, so that a Jellyfin can be entered (security.md §2).
///
/// It lives in memory and in the log; a restart makes another.
public final class SetUpCode: Sendable {
    private let digest = Mutex<[UInt8]?>(nil)

    public init() {}

    /// Whether a code waits to be used.
    public var isWaiting: Bool { digest.withLock { $0 != nil } }

    /// Makes a code; an earlier one is void.
    ///
    /// - Returns: twenty hexadecimal digits in groups of four: 80 bits.
    public func make() -> String {
        let digits = Array(HexEncoding.encode(randomBytes(10)))
        digest.withLock { $0 = Secrets.hash(String(digits)) }
        return stride(from: 0, to: digits.count, by: 4).map { String(digits[$0..<min($0 + 4, digits.count)]) }
            .joined(separator: "-")
    }

    /// Whether this is the code, which is void from then on; case, hyphens and blanks do not matter.
    func use(_ text: String) -> Bool {
        let plain = String(text.lowercased().filter(\.isHexDigit))
        return digest.withLock { held in
            guard let code = held, constantTimeEqual(code, Secrets.hash(plain)) else { return false }
            held = nil
            return true
        }
    }

    /// No code is valid any more.
    func void() { digest.withLock { $0 = nil } }
}
