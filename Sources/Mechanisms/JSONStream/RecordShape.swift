/// Which members of each record are wanted, and the slot each lands in.
///
/// Everything not named here is skipped. Several members may name the same key: `[.count("Files", slot: 3),
/// .firstOf("Files", […])]` reads both from one array. Slots are small numbers chosen by the caller, counted from 0.
public struct RecordShape: Sendable {
    /// One wanted member of an object.
    public enum Member: Sendable {
        /// The member's value itself.
        case value(String, slot: Int)
        /// Members of an object; all absent when the value is anything else.
        case object(String, [Member])
        /// As `object`, with keys compared without regard to ASCII case; of `"IMDB"` and `"Imdb"` the later wins.
        case objectIgnoringCase(String, [Member])
        /// Members of the first element of an array of objects; all absent when there is none.
        case firstOf(String, [Member])
        /// The number of elements of an array, 0 when there is no array; read with `integer(_:)`.
        case count(String, slot: Int)
    }

    let members: [Member]

    /// Declares the wanted members of a record.
    public init(_ members: [Member]) {
        self.members = members
    }
}

/// What kind of JSON value a slot holds.
public enum ValueKind: UInt8, Sendable {  // the order is that of CScan's CSCAN_ABSENT …
    case absent, string, number, bool, null, array, object
}
