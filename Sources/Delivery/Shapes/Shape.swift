public import JSONStream
import Media
public import OpenAPI

/// A value with a JSON form in the API: every field always present, `null` for unknown or none (api.md §1).
public protocol Shape: Sendable {
    /// The form of what `write` writes, for the API's description: every member, and no other.
    static var schema: Schema { get }

    func write(to json: inout JSONWriter)
}

extension Shape {
    /// The shape as one JSON document.
    public var jsonBytes: [UInt8] {
        var writer = JSONWriter()
        write(to: &writer)
        return writer.bytes
    }
}

extension JSONWriter {
    mutating func field(_ key: StaticString, _ time: Timestamp?) { field(key, time?.rfc3339) }

    mutating func field(_ key: StaticString, _ shape: (some Shape)?) {
        self.key(key)
        if let shape { shape.write(to: &self) } else { null() }
    }

    mutating func field(_ key: StaticString, _ shapes: [some Shape]) {
        array(key) { for shape in shapes { shape.write(to: &$0) } }
    }

    /// A field whose value is JSON text already.
    mutating func field(_ key: StaticString, json: String?) {
        self.key(key)
        if let json { raw(json.utf8) } else { null() }
    }
}
