import JSONStream
public import OpenAPI

/// One page of a collection, under its own name (api.md §1).
public struct ListShape<Element: Shape>: Sendable {
    let name: StaticString
    let elements: [Element]
    let next: String?
    let total: Int64
    let totalIsMinimum: Bool

    public init(_ name: StaticString, _ elements: [Element], next: String?, total: Int64, totalIsMinimum: Bool = false)
    {
        self.name = name
        self.elements = elements
        self.next = next
        self.total = total
        self.totalIsMinimum = totalIsMinimum
    }

    /// The form of such a page.
    public static func schema(_ name: String, _ element: Schema = Element.schema) -> Schema {
        [
            name: .array(element),
            "next": .string.orNull.note("What `after` takes for the next page; null on the last."),
            "total": .count, "total_is_minimum": .boolean.note("Whether there are more than `total` says."),
        ]
    }

    /// The page as one JSON document.
    public var jsonBytes: [UInt8] {
        var writer = JSONWriter()
        write(to: &writer)
        return writer.bytes
    }

    private func write(to json: inout JSONWriter) {
        json.object { json in
            json.field(name, elements)
            json.field("next", next)
            json.field("total", total)
            json.field("total_is_minimum", totalIsMinimum)
        }
    }
}
