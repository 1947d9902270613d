/// What the frame of every page needs to know beside the page itself.
public struct Frame: Sendable {
    /// The jobs now running.
    public var jobs: [JobModel] = []
    /// The newest event id the page was read at.
    public var version: Int64
    /// How many requests need a person.
    public var attention: Int64 = 0
    /// The services that do not answer.
    public var silences: [SilentNote.Silence] = []

    public init(jobs: [JobModel] = [], version: Int64) {
        self.jobs = jobs
        self.version = version
    }
}
