public import JSONStream
import Media
public import OpenAPI
public import Store

/// Something a sync left to a person.
public struct FindingShape: Shape {
    let finding: Finding

    public static let schema = Schema.named(
        "Finding",
        [
            "id": .id, "kind": .string, "request_id": .id.orNull, "media_type": .choice(MediaType.self),
            "title": .string, "year": .integer.orNull,
            "detail": [
                "item_id": .string.orNull, "item_title": .string.orNull, "item_path": .string.orNull,
                "conflicts": ChangeShape.conflicts, "candidates": ChangeShape.candidates,
            ],
            "state": .choice(Finding.State.self), "choice": .choice(FindingChoice.self).orNull,
            "job_id": .id.orNull, "created_at": .time, "updated_at": .time, "resolved_at": .time.orNull,
            "resolved_by": .string.orNull,
        ])

    public init(_ finding: Finding) { self.finding = finding }

    public func write(to json: inout JSONWriter) {
        json.object { json in
            json.field("id", finding.id)
            json.field("kind", finding.kind)
            json.field("request_id", finding.request)
            json.field("media_type", finding.mediaType.rawValue)
            json.field("title", finding.title)
            json.field("year", finding.year)
            json.field("detail", json: finding.detail)
            json.field("state", finding.state.rawValue)
            json.field("choice", finding.choice)
            json.field("job_id", finding.job)
            json.field("created_at", finding.createdAt)
            json.field("updated_at", finding.updatedAt)
            json.field("resolved_at", finding.resolvedAt)
            json.field("resolved_by", finding.resolvedBy)
        }
    }
}
