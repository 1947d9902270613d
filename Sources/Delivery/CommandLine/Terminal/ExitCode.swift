/// What the program tells the shell (api.md §5).
public enum ExitCode: Int32, Error, Sendable, CaseIterable {
    /// Everything asked for was done.
    case done = 0
    /// Some of the work failed; the output says which.
    case someFailed = 1
    /// The command line was not understood.
    case usage = 2
    /// The configuration, the data directory or a lock forbids it.
    case configuration = 3
    /// An upstream needed for this was unreachable.
    case upstreamUnreachable = 4
    /// Interrupted by a signal; the job says how to go on.
    case interrupted = 130
}
