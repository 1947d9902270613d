import Cryptography

/// Tokens and what is stored of them.
enum Secrets {
    /// 32 random bytes as hexadecimal digits.
    static func token() -> String { HexEncoding.encode(randomBytes(32)) }

    static func hash(_ token: String) -> [UInt8] { SHA256.digest(of: Array(token.utf8)) }
}

/// What a form must send back to prove that it came from our own page (security.md §5).
///
/// Masked anew for each page: pages are compressed, and what repeats in them could be guessed from their length.
public enum FormToken {
    public static func make(_ secret: [UInt8]) -> String {
        let mask = randomBytes(secret.count)
        return HexEncoding.encode(mask + zip(mask, secret).map { $0 ^ $1 })
    }

    public static func isGood(_ token: String, for secret: [UInt8]) -> Bool {
        guard let bytes = HexEncoding.decode(token), bytes.count == 2 * secret.count, !secret.isEmpty else {
            return false
        }
        let mask = bytes.prefix(secret.count)
        return constantTimeEqual(zip(mask, bytes.suffix(secret.count)).map { $0 ^ $1 }, secret)
    }
}
