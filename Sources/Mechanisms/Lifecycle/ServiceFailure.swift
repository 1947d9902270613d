/// Why a group of services ended other than by request.
public struct ServiceFailure: Error, CustomStringConvertible {
    /// What went wrong with the service.
    public enum Reason: Sendable {
        /// It returned although nobody had asked it to stop.
        case endedEarly
        /// It threw this error.
        case threw(any Error)
        /// It was asked to stop and was still running after the grace.
        case outlivedGrace(Duration)
    }

    /// The service's name; several, joined by commas, for `outlivedGrace`.
    public let service: String
    /// What it did.
    public let reason: Reason

    /// One sentence for the log.
    public var description: String {
        switch reason {
        case .endedEarly: "Service \(service) ended although nobody asked it to."
        case .threw(let error): "Service \(service) failed: \(error)"
        case .outlivedGrace(let grace): "Service \(service) still ran \(grace) after the stop and was cancelled."
        }
    }
}
