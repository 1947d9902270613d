/// What a call that removes something came to; everything else is an error, and unknown.
public enum Removal: Sendable, Hashable {
    /// The service accepted it. Files may still be there: verify.
    case done
    /// The service has no such thing, and is the right service with a good key.
    case alreadyGone
}
