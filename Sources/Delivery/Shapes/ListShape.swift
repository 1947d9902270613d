public import JSONStream

/// One page of a collection, under its own name (api.md §1).
public struct ListShape<Element: Shape>: Shape {
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

    public func write(to json: inout JSONWriter) {
        json.object { json in
            json.field(name, elements)
            json.field("next", next)
            json.field("total", total)
            json.field("total_is_minimum", totalIsMinimum)
        }
    }
}
