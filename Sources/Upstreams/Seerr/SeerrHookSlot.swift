import JSONStream

/// Seerr's one webhook, and whether it is ours (upstreams.md §1).
public struct SeerrHookSlot: Sendable {
    /// Who has it.
    public enum Standing: Sendable, Hashable {
        /// Nobody: no address is set.
        case free
        /// We.
        case ours
        /// Another program: saving ours would replace it.
        case foreign
    }

    public let standing: Standing
    /// Where it is sent now, without what may be a secret in its path: scheme and host.
    public let currentHost: String?
    /// What is set now.
    private let settings: JSONNode

    /// - Parameters:
    ///   - settings: Seerr's answer.
    ///   - urls: the addresses of our hook, under each of its names.
    init(_ settings: JSONNode, ours urls: [String]) {
        self.settings = settings
        let current = settings["options"]["webhookUrl"].word
        standing = current.map { urls.contains(Self.bare($0)) ? .ours : .foreign } ?? .free
        currentHost = current.map(Self.host)
    }

    /// Pending, approved, available, failed, declined, approved by itself (upstreams.md §1.1).
    private static let types: Int64 = 2 + 4 + 8 + 16 + 64 + 128

    /// What Seerr is sent to save or to try ours: further events that somebody ticked stay, and so does a template that
    /// can be sent.
    func body(url: String, secret: String) -> [UInt8] {
        let isOurs = standing == .ours
        let options = settings["options"]
        let template = options["jsonPayload"].text.flatMap { Self.canBeSent($0) ? $0 : nil } ?? Self.template
        var json = JSONWriter()
        json.object { json in
            json.field("enabled", true)
            json.field("types", isOurs ? (settings["types"].integer ?? 0) | Self.types : Self.types)
            if let poster = settings["embedPoster"].bool { json.field("embedPoster", poster) }
            json.object("options") { json in
                json.field("webhookUrl", url)
                json.field("authHeader", secret)
                json.field("jsonPayload", Self.quoted(template))
                if let supports = options["supportVariables"].bool { json.field("supportVariables", supports) }
                if isOurs && options["customHeaders"].kind == .array {
                    json.key("customHeaders")
                    json.value(options["customHeaders"])
                }
            }
        }
        return json.bytes
    }

    /// Seerr decodes the text once more than it encodes it: a bare object is taken, and then never sent.
    private static func quoted(_ text: String) -> String {
        var json = JSONWriter()
        json.value(text)
        return String(decoding: json.bytes, as: UTF8.self)
    }

    private static func canBeSent(_ template: String) -> Bool {
        guard let root = try? JSONTree(Array(template.utf8)).root else { return false }
        return root.kind == .object && template.contains("{{notification_type}}")
    }

    private static func bare(_ url: String) -> String {
        var text = url.prefix { $0 != "?" }
        while text.last == "/" { text = text.dropLast() }
        return String(text)
    }

    private static func host(_ url: String) -> String {
        guard let scheme = url.firstRange(of: "://") else { return "another address" }
        let rest = url[scheme.upperBound...].prefix { !"/?#".contains($0) }
        return url[..<scheme.upperBound] + String(rest.split(separator: "@").last ?? "")
    }

    /// What a fresh Seerr sends (upstreams.md §1.1).
    private static let template = #"""
        {
            "notification_type": "{{notification_type}}",
            "event": "{{event}}",
            "subject": "{{subject}}",
            "message": "{{message}}",
            "image": "{{image}}",
            "{{media}}": {
                "media_type": "{{media_type}}",
                "tmdbId": "{{media_tmdbid}}",
                "tvdbId": "{{media_tvdbid}}",
                "status": "{{media_status}}",
                "status4k": "{{media_status4k}}"
            },
            "{{request}}": {
                "request_id": "{{request_id}}",
                "requestedBy_username": "{{requestedBy_username}}"
            },
            "{{extra}}": []
        }
        """#
}
