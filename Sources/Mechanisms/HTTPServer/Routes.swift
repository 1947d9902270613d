/// The table of what a server answers: method, path, permission, body cap, handler.
///
/// Every route names its permission; there is no default, so an undeclared one does not compile.
public struct Routes<Permission: Sendable>: Sendable {
    /// What answers a request.
    public typealias Handler = @Sendable (Request) async throws -> Response

    struct Entry: Sendable {
        let method: String
        let parts: [PathPart]
        let permission: Permission
        let bodyLimit: Int
        let handler: Handler

        var pattern: String { "/" + parts.map(\.description).joined(separator: "/") }
    }

    private(set) var entries: [Entry] = []

    /// An empty table.
    public init() {}

    /// All routes in the order declared; parameters are written `{name}`.
    public var table: [(method: String, pattern: String, permission: Permission, bodyLimit: Int)] {
        entries.map { ($0.method, $0.pattern, $0.permission, $0.bodyLimit) }
    }

    /// Declares a route that reads; HEAD answers too.
    public mutating func get(
        _ parts: PathPart..., permission: Permission, bodyLimit: Int = 262_144, _ handler: @escaping Handler
    ) {
        add("GET", parts, permission, bodyLimit, handler)
    }

    /// Declares a route that creates or starts something.
    public mutating func post(
        _ parts: PathPart..., permission: Permission, bodyLimit: Int = 262_144, _ handler: @escaping Handler
    ) {
        add("POST", parts, permission, bodyLimit, handler)
    }

    /// Declares a route that replaces something.
    public mutating func put(
        _ parts: PathPart..., permission: Permission, bodyLimit: Int = 262_144, _ handler: @escaping Handler
    ) {
        add("PUT", parts, permission, bodyLimit, handler)
    }

    /// Declares a route that removes something.
    public mutating func delete(
        _ parts: PathPart..., permission: Permission, bodyLimit: Int = 262_144, _ handler: @escaping Handler
    ) {
        add("DELETE", parts, permission, bodyLimit, handler)
    }

    /// Declares a route for any method.
    ///
    /// - Parameters:
    ///   - method: in capitals.
    ///   - parts: the path below the base path; none is the root.
    ///   - permission: what the caller must be allowed.
    ///   - bodyLimit: bytes; more is answered with 413.
    ///   - handler: called once the caller is authorised and the body is read.
    public mutating func on(
        _ method: String, _ parts: PathPart..., permission: Permission, bodyLimit: Int = 262_144,
        _ handler: @escaping Handler
    ) {
        add(method, parts, permission, bodyLimit, handler)
    }

    private mutating func add(
        _ method: String, _ parts: [PathPart], _ permission: Permission, _ bodyLimit: Int, _ handler: @escaping Handler
    ) {
        let entry = Entry(
            method: method, parts: parts, permission: permission, bodyLimit: bodyLimit, handler: handler)
        precondition(
            !entries.contains { $0.method == method && $0.pattern == entry.pattern },
            "\(method) \(entry.pattern) is declared twice")
        entries.append(entry)
    }
}
