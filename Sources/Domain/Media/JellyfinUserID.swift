/// A Jellyfin user's id in the form in which ids are stored and compared: lower case, without dashes.
///
/// Jellyfin and those who quote it write the same id with dashes and without (upstreams.md §6).
public struct JellyfinUserID: Sendable, Hashable {
    public let text: String

    /// Reads an id as any service sends it.
    ///
    /// - Returns: nil for a text without a sign besides dashes.
    public init?(_ text: String) {
        let scalars = text.unicodeScalars.filter { $0 != "-" }
        guard !scalars.isEmpty else { return nil }
        self.text = String(String.UnicodeScalarView(scalars)).lowercased()
    }
}
