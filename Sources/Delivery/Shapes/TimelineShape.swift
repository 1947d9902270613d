import Dashboard
public import JSONStream
import Media
public import OpenAPI
public import Store

/// One line of a request's story.
public struct TimelineEntryShape: Shape {
    public let entry: TimelineEntry
    /// How long the stage it entered lasted; nil while it lasts.
    public let duration: Int64?

    public static let schema = Schema.named(
        "TimelineEntry",
        [
            "id": .id, "at": .time, "service": .string, "event": .string, "state": .choice(Stage.self).orNull,
            "text": .string, "duration_ms": .integer.orNull.note("How long the stage it entered lasted."),
            "late": .boolean,
        ])

    init(_ entry: TimelineEntry, duration: Int64?) {
        self.entry = entry
        self.duration = duration
    }

    /// A whole timeline, oldest first, with the time each stage took.
    public static func all(_ entries: [TimelineEntry]) -> [TimelineEntryShape] {
        entries.enumerated().map { index, entry in
            let next = entries[(index + 1)...].first { $0.state != nil && $0.state != entry.state }
            let duration = entry.state == nil ? nil : next.map { $0.at.milliseconds - entry.at.milliseconds }
            return TimelineEntryShape(entry, duration: duration)
        }
    }

    /// The sentence in English; the name of an event that this version does not know.
    public var text: String { TimelineWords.text(entry.event, values) ?? entry.event }

    /// What the sentence is written with: the entry's values, and the stage it set.
    public var values: [String: String] {
        var values = entry.values
        values["stage"] = entry.state?.rawValue
        return values
    }

    public func write(to json: inout JSONWriter) {
        json.object { json in
            json.field("id", entry.id)
            json.field("at", entry.at)
            json.field("service", entry.service)
            json.field("event", entry.event)
            json.field("state", entry.state?.rawValue)
            json.field("text", text)
            json.field("duration_ms", duration)
            json.field("late", entry.isLate)
        }
    }
}
