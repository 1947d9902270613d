/// Runs work that blocks on an OS thread of its own, which ends with it.
func onOwnThread<T: Sendable>(
    _ name: String, _ threads: OSThreads = OSThreads(), _ work: @escaping @Sendable () throws -> T
) async throws -> T {
    try await withCheckedThrowingContinuation { caller in
        do {
            try threads.start(name) { caller.resume(with: Result { try work() }) }
        } catch {
            caller.resume(throwing: error)
        }
    }
}
