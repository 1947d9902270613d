import HTML

/// The value of a field, read as what the field means: a stage, a time, yes or no, or text.
struct FieldValue: Component {
    let page: PageContext
    let field: String
    let value: String?

    @MarkupBuilder var body: Markup {
        switch field {
        case "state", "stage":
            if let stage = value.flatMap({ StageBadge.Stage(rawValue: $0) }) {
                StageBadge(page, stage)
            } else {
                ValueText(page: page, value: value)
            }
        case "is_anime":
            ValueText(page: page, value: value.map { $0 == "true" || $0 == "1" ? page[.valueYes] : page[.valueNo] })
        case "available_at":
            if let value, let moment = Self.moment(value) {
                span(.class("value")) { moment }
            } else {
                ValueText(page: page, value: value)
            }
        default: ValueText(page: page, value: value)
        }
    }

    /// A stored time: milliseconds, or RFC 3339 in UTC.
    private static func moment(_ value: String) -> Markup? {
        if let milliseconds = Int64(value) { return Moment(milliseconds).body }
        let parts = value.split(separator: "T")
        guard parts.count == 2, parts[0].utf8.count == 10, parts[1].utf8.count >= 9, parts[1].hasSuffix("Z") else {
            return nil
        }
        return time(.named("datetime", value)) { "\(parts[0]) \(parts[1].prefix(5)) UTC" }
    }
}
