/// A webhook on its way: composed when the thing happened, sent once, never again.
struct OutgoingHook: Sendable {
    /// Who sends: `seerr`, `radarr/4k`, `jellyfin`, `qbittorrent`.
    let service: String
    /// What it tells, in the sender's words: `Grab`, `MEDIA_APPROVED`, `ItemAdded`.
    let event: String
    let method: String
    let url: String
    /// May hold secrets.
    let headers: [(String, String)]
    let body: [UInt8]
    /// The virtual moment it tells of, and the one it leaves at.
    let made: Int64
    var due: Int64
    /// What a fault did to it.
    var twist: String?
}

/// Where an *arr sends its news: one of its notifications, as its API has it.
struct ArrNotification: Sendable {
    let id: Int
    let service: String
    /// The whole object as it was posted.
    var json: JSON

    /// The value of one of its fields.
    func field(_ name: String) -> JSON? {
        json["fields"]?.elements?.first { $0["name"]?.text == name }?["value"]
    }

    /// Whether it wants news of this kind (`onGrab`).
    func wants(_ toggle: String) -> Bool { json[toggle]?.isTrue ?? false }

    /// The call it makes; nil when it is no webhook.
    func hook(_ event: String, _ body: JSON, at now: Int64) -> OutgoingHook? {
        guard json["implementation"]?.text == "Webhook", let url = field("url")?.text, !url.isEmpty else { return nil }
        var headers = [("Content-Type", "application/json; charset=utf-8")]
        if let name = field("username")?.text, !name.isEmpty {
            let pair = "\(name):\(field("password")?.text ?? "")"
            headers.append(("Authorization", "Basic \(Base64.text(Array(pair.utf8)))"))
        }
        for header in field("headers")?.elements ?? [] {
            if let key = header["key"]?.text ?? header["Key"]?.text,
                let value = header["value"]?.text ?? header["Value"]?.text
            {
                headers.append((key, value))
            }
        }
        return OutgoingHook(
            service: service, event: event, method: field("method")?.whole == 2 ? "PUT" : "POST", url: url,
            headers: headers, body: body.bytes, made: now, due: now)
    }
}

/// Seerr's one webhook.
struct SeerrHook: Sendable {
    var isEnabled = false
    /// Sum of the numbers of the kinds it sends.
    var types = 0
    var url = ""
    var authorization: String?
    /// The template's text.
    var template = SeerrTemplate.standard
}

/// Where the Jellyfin plug-in or qBittorrent send theirs.
struct PlainHook: Sendable {
    let url: String
    let headers: [(String, String)]
    /// Jellyfin: every property in place of the template.
    var sendsAll = false
    /// Jellyfin: the events it takes; nil for all.
    var events: Set<String>?
}

/// Base64 with padding.
enum Base64 {
    private static let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

    static func text(_ bytes: [UInt8]) -> String {
        var out: [UInt8] = []
        for start in stride(from: 0, to: bytes.count, by: 3) {
            let part = bytes[start..<min(start + 3, bytes.count)]
            let bits = part.reduce(UInt32(0)) { $0 << 8 | UInt32($1) } << UInt32(8 * (3 - part.count))
            for place in 0..<4 {
                out.append(
                    place <= part.count ? digits[Int(bits >> UInt32(18 - 6 * place) & 63)] : UInt8(ascii: "="))
            }
        }
        return String(decoding: out, as: UTF8.self)
    }
}
