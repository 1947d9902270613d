/// Seerr's webhook template: JSON whose strings hold placeholders, filled as Seerr fills them (upstreams.md §1.1).
enum SeerrTemplate {
    /// What a fresh Seerr has.
    static let standard = """
        {"notification_type":"{{notification_type}}","event":"{{event}}","subject":"{{subject}}",\
        "message":"{{message}}","image":"{{image}}","{{media}}":{"media_type":"{{media_type}}",\
        "tmdbId":"{{media_tmdbid}}","tvdbId":"{{media_tvdbid}}","status":"{{media_status}}",\
        "status4k":"{{media_status4k}}"},"{{request}}":{"request_id":"{{request_id}}",\
        "requestedBy_email":"{{requestedBy_email}}","requestedBy_username":"{{requestedBy_username}}",\
        "requestedBy_avatar":"{{requestedBy_avatar}}",\
        "requestedBy_settings_discordId":"{{requestedBy_settings_discordId}}",\
        "requestedBy_settings_telegramChatId":"{{requestedBy_settings_telegramChatId}}"},\
        "{{issue}}":{"issue_id":"{{issue_id}}","issue_type":"{{issue_type}}","issue_status":"{{issue_status}}"},\
        "{{comment}}":{"comment_message":"{{comment_message}}"},"{{extra}}":[]}
        """

    /// Fills a template; nil when it is not JSON, as one whose text was encoded once too little or too often.
    static func fill(_ template: String, _ values: [String: String], objects: Set<String>, extra: JSON) -> JSON? {
        guard let json = JSON(parsing: Array(template.utf8)), case .object = json else { return nil }
        return fill(json, values, objects, extra)
    }

    private static func fill(
        _ json: JSON, _ values: [String: String], _ objects: Set<String>, _ extra: JSON
    ) -> JSON {
        switch json {
        case .object(let members):
            return .object(
                members.map { member in
                    guard member.name.hasPrefix("{{"), member.name.hasSuffix("}}") else {
                        return JSON.Member(name: member.name, value: fill(member.value, values, objects, extra))
                    }
                    let name = String(member.name.dropFirst(2).dropLast(2))
                    if name == "extra" { return JSON.Member(name: name, value: extra) }
                    return JSON.Member(
                        name: name, value: objects.contains(name) ? fill(member.value, values, objects, extra) : .null)
                })
        case .array(let elements): return .array(elements.map { fill($0, values, objects, extra) })
        case .string(let text): return .string(replaced(text, values))
        default: return json
        }
    }

    // Each placeholder once: only the first of its kind in a text is replaced.
    private static func replaced(_ text: String, _ values: [String: String]) -> String {
        var out = ""
        var rest = text[...]
        var seen: Set<Substring> = []
        while let open = place(of: "{{", in: rest), let close = place(of: "}}", in: rest[open...]) {
            let name = rest[rest.index(open, offsetBy: 2)..<close]
            let end = rest.index(close, offsetBy: 2)
            out += rest[..<open]
            out += seen.insert(name).inserted ? values[String(name)] ?? "" : String(rest[open..<end])
            rest = rest[end...]
        }
        return out + rest
    }

    private static func place(of mark: String, in text: Substring) -> String.Index? {
        var index = text.startIndex
        while index < text.endIndex {
            if text[index...].hasPrefix(mark) { return index }
            index = text.index(after: index)
        }
        return nil
    }

    /// The numbers of the kinds, as `types` sums them.
    static let numbers = [
        "MEDIA_PENDING": 2, "MEDIA_APPROVED": 4, "MEDIA_AVAILABLE": 8, "MEDIA_FAILED": 16, "TEST_NOTIFICATION": 32,
        "MEDIA_DECLINED": 64, "MEDIA_AUTO_APPROVED": 128,
    ]
}
