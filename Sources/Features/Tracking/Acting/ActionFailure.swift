import HTTPClient

/// Why an action on a request was not taken; nothing has changed then.
public enum ActionFailure: Error, Sendable {
    case notFound
    /// The request is declined, deleted, or playable already.
    case notApplicable(String)
    /// A field of the body cannot be so.
    case invalid(field: String, reason: String)
    /// The service refused or did not answer.
    case refused(service: String, reason: String)
    /// No such service is configured.
    case notConfigured(service: String)
}
