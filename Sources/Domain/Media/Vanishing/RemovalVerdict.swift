/// Whether a service has something: absent only where it was proven.
public enum Presence: Sendable, Hashable, CaseIterable {
    case present, absent, unknown
}

/// What a look after a signal of a loss came to.
public enum RemovalVerdict: Sendable, Hashable {
    /// It is gone: a deletion made elsewhere.
    case deleted
    /// It is there after all; a log that waits for an answer is withdrawn.
    case stands
    /// It is there under another id, which the row takes over.
    case moved(JellyfinItemID)
    /// The *arr has the file and Jellyfin does not show it: no deletion, but somebody should look.
    case notAppearing
    /// Nobody can tell now; looked at again later.
    case unknown

    /// After asking the *arr that told of a title's deletion.
    ///
    /// - Parameters:
    ///   - byID: whether it has its own number still.
    ///   - byLookup: whether it finds the title by TMDB or TVDB number; somebody may have added it again.
    ///   - elsewhere: whether other instances hold the medium; one that does keeps the row.
    /// - Returns: `.deleted` only where all of it is proven absent.
    public static func ofOrigin(byID: Presence, byLookup: Presence, elsewhere: [Presence] = []) -> Self {
        let all = [byID, byLookup] + elsewhere
        if all.contains(.present) { return .stands }
        return all.allSatisfy { $0 == .absent } ? .deleted : .unknown
    }

    /// After a search in a listing of Jellyfin's.
    ///
    /// - Parameters:
    ///   - item: what was found by the title's provider ids.
    ///   - stored: the item the row has.
    ///   - isProof: whether the listing is complete, not shrunken, and made late enough.
    ///   - arrFile: whether an *arr has a file of the title.
    /// - Returns: `.deleted` only with proof, and without a file.
    public static func ofListing(
        item: JellyfinItemID?, stored: JellyfinItemID?, isProof: Bool, arrFile: Presence
    ) -> Self {
        if let item { return item == stored ? .stands : .moved(item) }
        guard isProof else { return .unknown }
        switch arrFile {
        case .present: return .notAppearing
        case .absent: return .deleted
        case .unknown: return .unknown
        }
    }
}
