import API
import HTTPClient
import Settings

/// What to do about a service that could not be asked.
enum UpstreamRemedy {
    /// The setting to look at first; nil where the error names nothing that a setting could mend.
    static func of(_ error: any Error, _ instance: ServiceInstance) -> HealthBoard.Remedy? {
        guard let error = error as? UpstreamError else { return nil }
        let prefix = instance.service.environmentName
        switch error.reason {
        case .refusedAuth:
            if case .key = instance.credentials { return .credentials(name: "\(prefix)_API_KEY") }
            return .credentials(name: "\(prefix)_USERNAME and \(prefix)_PASSWORD")
        case .unreachable, .timedOut: return .address(name: "\(prefix)_URL")
        case .html, .redirected, .undecodable: return .path(name: "\(prefix)_URL")
        default: return nil
        }
    }
}

extension HealthBoard.Remedy {
    /// As `marquee doctor` says it.
    var text: String {
        switch self {
        case .credentials(let name): "check \(name): the service refuses what it is shown"
        case .address(let name): "check \(name) and that the service runs; from here it does not answer"
        case .path(let name): "check the path of \(name): another program answers there"
        case .examine: "run marquee doctor"
        }
    }
}
