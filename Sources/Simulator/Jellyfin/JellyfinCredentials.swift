/// What a call says about its caller: the forms of upstreams.md §6.1, by server version.
struct JellyfinCredentials: Sendable {
    /// The key or token; nil when none came in a form this version understands.
    let token: String?
    /// Client, Device, DeviceId, Version of the authorization header, names in lower case.
    let parts: [String: String]

    init(_ call: Call, version: JellyfinVersion) {
        let header = call.header("authorization") ?? ""
        let legacy = version.takesLegacyCredentials
        var parts = Self.parts(header, schemes: legacy ? ["mediabrowser", "emby"] : ["mediabrowser"])
        if legacy && parts.isEmpty, let old = call.header("x-emby-authorization") {
            parts = Self.parts(old, schemes: ["mediabrowser", "emby"])
        }
        self.parts = parts
        var found = parts["token"]
        if legacy && found == nil {
            found = call.header("x-emby-token") ?? call.header("x-mediabrowser-token") ?? call.parameter("api_key")
        }
        token = found ?? call.parameter("ApiKey")
    }

    // `MediaBrowser Token="abc", Client="x"`: quotes optional, values percent-encoded, scheme in any case.
    private static func parts(_ header: String, schemes: [String]) -> [String: String] {
        let split = header.split(separator: " ", maxSplits: 1)
        guard split.count == 2, schemes.contains(split[0].lowercased()) else { return [:] }
        var parts: [String: String] = [:]
        var key = ""
        var value = ""
        var isQuoted = false
        var isValue = false
        func finish() {
            let name = key.filter { $0 != " " }.lowercased()
            if !name.isEmpty { parts[name] = percentDecoded(value) }
            (key, value, isValue) = ("", "", false)
        }
        for character in split[1] {
            switch character {
            case "\"": isQuoted.toggle()
            case "," where !isQuoted: finish()
            case "=" where !isValue && !isQuoted: isValue = true
            default:
                if isValue { value.append(character) } else { key.append(character) }
            }
        }
        finish()
        return parts
    }

    private static func percentDecoded(_ text: String) -> String {
        var bytes: [UInt8] = []
        var rest = Array(text.utf8)[...]
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "%"), rest.count >= 2,
                let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16)
            {
                bytes.append(value)
                rest = rest.dropFirst(2)
            } else {
                bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
