/// A webhook that must arrive before its settings are answered for.
struct HookTest: Sendable {
    let hook: OutgoingHook
    /// Answered when it did not arrive.
    let failure: @Sendable () -> Answer
    /// Done when it did.
    let commit: @Sendable () -> Void
}
