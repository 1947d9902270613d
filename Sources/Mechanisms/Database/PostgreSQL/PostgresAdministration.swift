package enum PostgresAdministration {
    package static func create(_ name: String, at url: String) async throws(DatabaseError) -> DatabaseLocation {
        throw DatabaseError(.cannotOpen, "soon")
    }
    package static func drop(_ name: String, at url: String) async throws(DatabaseError) {}
}
