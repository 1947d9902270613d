/// Cookies of a request (RFC 6265 §4.2.1).
extension Headers {
    /// The value of the first cookie of this name; nil without one.
    public func cookie(_ name: String) -> String? {
        for field in all("Cookie") {
            for pair in field.split(separator: ";") {
                let parts = pair.drop { $0 == " " }.split(
                    separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
                if parts.count == 2 && parts[0] == name { return String(parts[1]) }
            }
        }
        return nil
    }
}

/// A cookie for the whole of this server that no script can read (RFC 6265bis §4.1).
public struct SetCookie: Sendable {
    /// Letters, digits, `-` and `_`, perhaps after the prefix `__Host-`.
    public var name: String
    /// Hexadecimal digits or letters: nothing that would need quoting.
    public var value: String
    /// Sent over HTTPS only.
    public var isSecure: Bool
    /// How long it is kept; zero ends it.
    public var maxAge: Duration

    public init(_ name: String, _ value: String, isSecure: Bool, maxAge: Duration) {
        self.name = name
        self.value = value
        self.isSecure = isSecure
        self.maxAge = maxAge
    }

    /// The value of the header field `Set-Cookie`.
    public var field: String {
        "\(name)=\(value); Path=/; Max-Age=\(maxAge.components.seconds); HttpOnly; SameSite=Lax\(isSecure ? "; Secure" : "")"
    }
}
