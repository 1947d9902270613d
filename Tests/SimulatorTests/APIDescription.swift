import Foundation
import Testing

/// The folder with recordings and API descriptions: `MARQUEE_SHARED`, or `../shared` beside the checkout.
enum Shared {
    static let why = "no recordings: set MARQUEE_SHARED, or put them in ../shared beside the checkout"

    static let folder: URL? = {
        let root = URL(filePath: #filePath).appending(path: "../../../..").standardized
        let named = ProcessInfo.processInfo.environment["MARQUEE_SHARED"].map { URL(filePath: $0) }
        return [named, root.appending(path: "shared")].compactMap { $0 }
            .first { FileManager.default.fileExists(atPath: $0.appending(path: "contracts/openapi").path) }
    }()

    static var isThere: Bool { folder != nil }

    static func json(_ path: String) throws -> Any {
        let file = try #require(folder).appending(path: path)
        return try JSONSerialization.jsonObject(with: Data(contentsOf: file))
    }
}

/// A published API description, enough of it to check an answer's keys and types.
struct APIDescription {
    private let schemas: [String: Any]

    init(_ name: String) throws {
        let document = try #require(Shared.json("contracts/openapi/\(name)") as? [String: Any])
        schemas = document.object("components").object("schemas")
    }

    /// Everything about `value` that the named schema does not allow; empty when it fits.
    func problems(_ value: Any, as schema: String) -> Set<String> {
        check(value, resolve(["$ref": "#/components/schemas/\(schema)"]), schema)
    }

    /// Scalars the schema always has that `value` lacks.
    func missing(_ value: [String: Any], of schema: String) -> Set<String> {
        let properties = resolve(["$ref": "#/components/schemas/\(schema)"]).object("properties")
        return Set(
            properties.keys.filter { name in
                let property = resolve(properties.object(name))
                let isAlways = property["nullable"] as? Bool != true && properties.object(name)["nullable"] == nil
                return isAlways && ["integer", "number", "boolean"].contains(property.text("type"))
                    && value[name] == nil
            })
    }

    /// Whether a parsed value was `true` or `false`: a number 1 would pass a cast to Bool.
    static func isBoolean(_ value: Any) -> Bool {
        guard let number = value as? NSNumber else { return false }
        return unsafe String(cString: number.objCType) == "c"
    }

    private func resolve(_ schema: [String: Any]) -> [String: Any] {
        if let reference = schema.text("$ref")?.split(separator: "/").last {
            return resolve(schemas.object(String(reference)))
        }
        if let all = schema["allOf"] as? [[String: Any]], let only = all.first { return resolve(only) }
        return schema
    }

    private func check(_ value: Any, _ schema: [String: Any], _ path: String) -> Set<String> {
        if value is NSNull { return [] }
        switch schema.text("type") {
        case "object", nil: return checkObject(value, schema, path)
        case "array":
            guard let elements = value as? [Any] else { return ["\(path) is not an array"] }
            return elements.reduce(into: []) { $0.formUnion(check($1, resolve(schema.object("items")), path + "[]")) }
        case "string":
            guard let text = value as? String else { return ["\(path) is not text"] }
            let known = schema["enum"] as? [String]
            return known?.contains(text) ?? true ? [] : ["\(path) is \(text), not one of \(known ?? [])"]
        case "boolean": return Self.isBoolean(value) ? [] : ["\(path) is not a boolean"]
        case "integer": return value is Int && !Self.isBoolean(value) ? [] : ["\(path) is not a whole number"]
        case "number": return value is NSNumber && !Self.isBoolean(value) ? [] : ["\(path) is not a number"]
        default: return []
        }
    }

    private func checkObject(_ value: Any, _ schema: [String: Any], _ path: String) -> Set<String> {
        guard let properties = schema["properties"] as? [String: Any] else { return [] }
        guard let object = value as? [String: Any] else { return ["\(path) is not an object"] }
        var found: Set<String> = []
        for (name, member) in object {
            guard properties[name] != nil else {
                found.insert("\(path).\(name) is unknown")
                continue
            }
            found.formUnion(check(member, resolve(properties.object(name)), "\(path).\(name)"))
        }
        return found
    }
}
