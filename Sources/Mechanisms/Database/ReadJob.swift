/// One body waiting for a reader.
struct ReadJob: Sendable {
    /// Runs the body; the caller hears of it through the returned closure.
    let run: @Sendable (Reader) -> () -> Void
    /// Tells the caller that the body never ran.
    let refuse: @Sendable (DatabaseError) -> Void
}

extension ReadJob {
    init<T: Sendable>(
        _ body: @escaping @Sendable (Reader) throws -> T, _ caller: CheckedContinuation<T, any Error>
    ) {
        refuse = { caller.resume(throwing: $0) }
        run = { reader in
            do {
                let value = try body(reader)
                if let failure = reader.failure { throw failure }
                return { caller.resume(returning: value) }
            } catch {
                return { caller.resume(throwing: error) }
            }
        }
    }
}
