/// One body waiting for the writer, with the caller waiting for its outcome.
struct WriteJob: Sendable {
    /// Wants a transaction of its own.
    let alone: Bool
    /// Runs the body; the caller hears of it only through `Outcome.deliver`, after the commit.
    let run: @Sendable (Transaction) -> Outcome
    /// Tells the caller that the body never ran.
    let refuse: @Sendable (DatabaseError) -> Void

    /// What a body did, before it is known whether it lasts.
    struct Outcome {
        /// What the body threw.
        let error: (any Error)?
        /// Resumes the caller: with the body's own result, or with the error that undid it.
        let deliver: (DatabaseError?) -> Void
    }

    init<T: Sendable>(
        alone: Bool, _ body: @escaping @Sendable (Transaction) throws -> T, _ caller: CheckedContinuation<T, any Error>
    ) {
        self.alone = alone
        refuse = { caller.resume(throwing: $0) }
        run = { transaction in
            do {
                let value = try body(transaction)
                return Outcome(error: nil) { undone in
                    if let undone { caller.resume(throwing: undone) } else { caller.resume(returning: value) }
                }
            } catch {
                return Outcome(error: error) { _ in caller.resume(throwing: error) }
            }
        }
    }
}
