import HTTPClient

// What printing and reflection show: a configuration that slips into a log or a failed test gives no key away.

extension Configuration: CustomStringConvertible, CustomReflectable {
    /// Every setting with its source, secrets only as "set".
    public var description: String {
        sources.map { "\($0.name)=\($0.display) (\($0.source))" }.joined(separator: "\n")
    }

    public var customMirror: Mirror {
        Mirror(self, children: sources.map { (label: $0.name, value: $0.display) })
    }
}

extension ServiceInstance: CustomStringConvertible, CustomReflectable {
    /// `radarr/4k at http://radarr:7878`.
    public var description: String { "\(displayName) at \(url)" }

    public var customMirror: Mirror {
        Mirror(self, children: ["name": displayName, "url": url.description])
    }
}

extension DatabaseURL: CustomReflectable {
    public var customMirror: Mirror { Mirror(self, children: ["url": description]) }
}

extension ServiceInstance.Credentials: CustomStringConvertible, CustomReflectable {
    /// The kind alone.
    public var description: String {
        switch self {
        case .key: "key"
        case .login: "login"
        case .none: "none"
        }
    }

    public var customMirror: Mirror { Mirror(self, children: ["kind": description]) }
}

extension WebhookSettings: CustomStringConvertible, CustomReflectable {
    /// Whether there is a token, never which.
    public var description: String { "token \(token == nil ? "generated" : "set")" }

    public var customMirror: Mirror { Mirror(self, children: ["token": token == nil ? "generated" : "set"]) }
}
