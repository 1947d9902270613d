/// The text that makes concurrent duplicates of a row lose in the database (tracking.md §2.2).
///
/// `type|kind|instance|value|origin|round|variant|seasons`; a row found by a library sync leaves variant and seasons
/// empty.
public enum RequestIdentity {
    /// Appends the identity of a library row's provider id.
    @inlinable
    public static func append(
        libraryRow type: MediaType, _ provider: Provider, _ value: some Sequence<UInt8>, round: Int64 = 1,
        to text: inout [UInt8]
    ) {
        text.append(contentsOf: type.rawValue.utf8)
        text.append(UInt8(ascii: "|"))
        text.append(contentsOf: provider.name.utf8)
        text.append(contentsOf: "||".utf8)
        text.append(contentsOf: value)
        text.append(contentsOf: "|library_sync|".utf8)
        text.append(contentsOf: String(round).utf8)
        text.append(contentsOf: "||".utf8)
    }
}
