public import JSONStream
import Media
public import Store

/// Something a sync left to a person.
public struct FindingShape: Shape {
    let finding: Finding

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
