import Glibc

/// Runs blocking work on a thread of its own.
///
/// Not on `DispatchQueue.global()`: on Linux Swift's own tasks run on those threads too.
func offPool<Result: Sendable>(_ work: @escaping @Sendable () throws -> Result) async throws -> Result {
    try await withCheckedThrowingContinuation { continuation in
        let box = Work { continuation.resume(with: Swift.Result(catching: work)) }
        var thread = pthread_t()
        let status = unsafe pthread_create(&thread, nil, runWork, Unmanaged.passRetained(box).toOpaque())
        precondition(status == 0)
        pthread_detach(thread)
    }
}

private final class Work {
    let run: () -> Void

    init(_ run: @escaping () -> Void) { self.run = run }
}

private func runWork(_ argument: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
    guard let argument = unsafe argument else { return nil }
    unsafe Unmanaged<Work>.fromOpaque(argument).takeRetainedValue().run()
    return nil
}
