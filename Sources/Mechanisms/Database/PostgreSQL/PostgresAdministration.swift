/// Makes and removes whole databases: for tests.
package enum PostgresAdministration {
    /// Makes an empty database on the server of `url`.
    package static func create(_ name: String, at url: String) async throws -> DatabaseLocation {
        try await run("CREATE DATABASE \(SQL.quoted(name)) TEMPLATE template0 ENCODING 'UTF8'", at: url)
        let query = url.firstIndex(of: "?").map { String(url[$0...]) } ?? ""
        let bare = url.prefix { $0 != "?" }
        let server = bare.lastIndex(of: "/").map { bare[..<$0] } ?? bare
        return .postgresql(url: "\(server)/\(name)\(query)")
    }

    /// Removes a database, also when somebody is connected to it.
    package static func drop(_ name: String, at url: String) async throws {
        try await run("DROP DATABASE IF EXISTS \(SQL.quoted(name)) WITH (FORCE)", at: url)
    }

    /// Runs statements outside of any transaction.
    package static func run(_ statements: String, at url: String) async throws {
        try await onOwnThread("db-admin") { try PostgresConnection(url: url).control(statements) }
    }
}
