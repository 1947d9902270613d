public import JSONStream
public import OpenAPI
public import Store

/// A filter that somebody keeps.
public struct SavedFilterShape: Shape {
    let filter: SavedFilter

    public init(_ filter: SavedFilter) { self.filter = filter }

    public static let schema = Schema.named(
        "SavedFilter", ["id": .id, "name": .string, "query": .string, "saved_at": .time])

    public func write(to json: inout JSONWriter) {
        json.object { json in
            json.field("id", filter.id)
            json.field("name", filter.name)
            json.field("query", filter.query)
            json.field("saved_at", filter.savedAt)
        }
    }
}
