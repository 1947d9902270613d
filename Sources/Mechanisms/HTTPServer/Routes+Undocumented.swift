/// The same words for a table without documentation.
extension Routes where Doc == Void {
    /// Declares a route that reads; HEAD answers too.
    public mutating func get(
        _ parts: PathPart..., permission: Permission, bodyLimit: Int = 262_144, _ handler: @escaping Handler
    ) {
        add("GET", parts, permission, (), bodyLimit, handler)
    }

    /// Declares a route that creates or starts something.
    public mutating func post(
        _ parts: PathPart..., permission: Permission, bodyLimit: Int = 262_144, _ handler: @escaping Handler
    ) {
        add("POST", parts, permission, (), bodyLimit, handler)
    }

    /// Declares a route that replaces something.
    public mutating func put(
        _ parts: PathPart..., permission: Permission, bodyLimit: Int = 262_144, _ handler: @escaping Handler
    ) {
        add("PUT", parts, permission, (), bodyLimit, handler)
    }

    /// Declares a route that removes something.
    public mutating func delete(
        _ parts: PathPart..., permission: Permission, bodyLimit: Int = 262_144, _ handler: @escaping Handler
    ) {
        add("DELETE", parts, permission, (), bodyLimit, handler)
    }

    /// Declares a route for any method, in capitals.
    public mutating func on(
        _ method: String, _ parts: PathPart..., permission: Permission, bodyLimit: Int = 262_144,
        _ handler: @escaping Handler
    ) {
        add(method, parts, permission, (), bodyLimit, handler)
    }
}
