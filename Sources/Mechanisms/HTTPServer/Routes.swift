/// The table of what a server answers: method, path, permission, body cap, documentation, handler.
///
/// Every route names its permission and its documentation; there is no default, so an undeclared one does not compile.
/// Servers that document nothing have `Void` for `Doc` and leave it out.
public struct Routes<Permission: Sendable, Doc: Sendable>: Sendable {
    /// What answers a request.
    public typealias Handler = @Sendable (Request) async throws -> Response

    /// One row of the table, without its handler.
    public struct Row: Sendable {
        /// In capitals.
        public let method: String
        /// The path below the base path; parameters are written `{name}`.
        public let pattern: String
        /// The names of the path's parameters, in their order.
        public let parameters: [String]
        /// What the caller must be allowed.
        public let permission: Permission
        /// Bytes.
        public let bodyLimit: Int
        /// What the route says of itself.
        public let doc: Doc
    }

    struct Entry: Sendable {
        let method: String
        let parts: [PathPart]
        let permission: Permission
        let bodyLimit: Int
        let doc: Doc
        let handler: Handler

        var pattern: String { "/" + parts.map(\.description).joined(separator: "/") }
    }

    private(set) var entries: [Entry] = []

    /// An empty table.
    public init() {}

    /// All routes in the order declared.
    public var table: [Row] {
        entries.map { entry in
            Row(
                method: entry.method, pattern: entry.pattern, parameters: entry.parts.compactMap(\.parameter),
                permission: entry.permission, bodyLimit: entry.bodyLimit, doc: entry.doc)
        }
    }

    /// Declares a route that reads; HEAD answers too.
    public mutating func get(
        _ parts: PathPart..., permission: Permission, doc: Doc, bodyLimit: Int = 262_144, _ handler: @escaping Handler
    ) {
        add("GET", parts, permission, doc, bodyLimit, handler)
    }

    /// Declares a route that creates or starts something.
    public mutating func post(
        _ parts: PathPart..., permission: Permission, doc: Doc, bodyLimit: Int = 262_144, _ handler: @escaping Handler
    ) {
        add("POST", parts, permission, doc, bodyLimit, handler)
    }

    /// Declares a route that replaces something.
    public mutating func put(
        _ parts: PathPart..., permission: Permission, doc: Doc, bodyLimit: Int = 262_144, _ handler: @escaping Handler
    ) {
        add("PUT", parts, permission, doc, bodyLimit, handler)
    }

    /// Declares a route that removes something.
    public mutating func delete(
        _ parts: PathPart..., permission: Permission, doc: Doc, bodyLimit: Int = 262_144, _ handler: @escaping Handler
    ) {
        add("DELETE", parts, permission, doc, bodyLimit, handler)
    }

    /// Declares a route for any method.
    ///
    /// - Parameters:
    ///   - method: in capitals.
    ///   - parts: the path below the base path; none is the root.
    ///   - permission: what the caller must be allowed.
    ///   - doc: what the route says of itself.
    ///   - bodyLimit: bytes; more is answered with 413.
    ///   - handler: called once the caller is authorised and the body is read.
    public mutating func on(
        _ method: String, _ parts: PathPart..., permission: Permission, doc: Doc, bodyLimit: Int = 262_144,
        _ handler: @escaping Handler
    ) {
        add(method, parts, permission, doc, bodyLimit, handler)
    }

    mutating func add(
        _ method: String, _ parts: [PathPart], _ permission: Permission, _ doc: Doc, _ bodyLimit: Int,
        _ handler: @escaping Handler
    ) {
        let entry = Entry(
            method: method, parts: parts, permission: permission, bodyLimit: bodyLimit, doc: doc, handler: handler)
        precondition(
            !entries.contains { $0.method == method && $0.pattern == entry.pattern },
            "\(method) \(entry.pattern) is declared twice")
        entries.append(entry)
    }
}
