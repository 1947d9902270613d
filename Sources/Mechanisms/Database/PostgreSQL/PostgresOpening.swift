import CPostgreSQL

/// Connects to a server, or says why that was not possible.
enum PostgresOpening {
    /// The oldest server that the statements are tested on.
    private static let oldestVersion: Int32 = 150_000

    /// What the URL, which comes after these and wins, need not say.
    ///
    /// Keep-alives find a server that vanished without a word within half a minute.
    private static let defaults = [
        ("connect_timeout", "4"), ("application_name", "marquee"), ("keepalives", "1"), ("keepalives_idle", "10"),
        ("keepalives_interval", "5"), ("keepalives_count", "3"), ("tcp_user_timeout", "25000"),
    ]

    /// Just-in-time compilation costs more than any of our statements.
    ///
    /// The timeouts free the other replicas from one that hangs with the writer's lock in its hands.
    private static let settings = """
        SET client_min_messages = error; SET jit = off; SET lock_timeout = '120s'; \
        SET idle_in_transaction_session_timeout = '5min'
        """

    static func open(_ url: String) throws(DatabaseError) -> OpaquePointer {
        let location = DatabaseLocation.postgresql(url: url)
        guard isReadable(url) else {
            throw DatabaseError(
                .cannotOpen,
                "The database URL is not understood: write postgresql://user:password@host:port/name, and"
                    + " percent-encode special characters in the password.")
        }
        let parameters = defaults + [("dbname", url), ("client_encoding", "UTF8")]
        let raw = unsafe withCStrings(parameters.map(\.0)) { names in
            unsafe withCStrings(parameters.map(\.1)) { values in
                unsafe PQconnectdbParams(names, values, 1)
            }
        }
        guard let handle = unsafe raw else {
            throw DatabaseError(.cannotOpen, "There is no memory to connect to \(location).")
        }
        do throws(DatabaseError) {
            try unsafe settle(handle, location)
            return unsafe handle
        } catch {
            unsafe PQfinish(handle)
            throw error
        }
    }

    private static func settle(_ handle: OpaquePointer, _ location: DatabaseLocation) throws(DatabaseError) {
        guard unsafe PQstatus(handle) == CONNECTION_OK else {
            throw unsafe PostgresFailure.connecting(handle, to: location)
        }
        unsafe cpostgresql_no_notices(handle)
        let version = unsafe PQserverVersion(handle)
        guard version >= oldestVersion else {
            throw DatabaseError(
                .cannotOpen,
                "PostgreSQL at \(location) is version \(version / 10_000): \(oldestVersion / 10_000) or newer is needed."
            )
        }
        let encoding = unsafe PQparameterStatus(handle, "server_encoding").map { unsafe String(cString: $0) }
        guard encoding == "UTF8" else {
            throw DatabaseError(
                .cannotOpen,
                "The database at \(location) keeps text as \(encoding ?? "?"): create it with ENCODING 'UTF8'.")
        }
        let result = unsafe PostgresResult(PQexec(handle, settings))
        guard result.status == PGRES_COMMAND_OK else {
            throw unsafe PostgresFailure.error(handle, result.handle, sql: nil)
        }
    }

    /// libpq's own message may quote parts of a password, so it is not shown.
    private static func isReadable(_ url: String) -> Bool {
        // With an unescaped @ or / in the password, libpq takes parts of it for a host or a port, and names them.
        let rest = url.firstRange(of: "://").map { url[$0.upperBound...] } ?? ""
        let beforeQuery = rest.prefix { $0 != "?" }
        let authority = beforeQuery.prefix { $0 != "/" }
        guard beforeQuery.count(where: { $0 == "@" }) == (authority.contains("@") ? 1 : 0) else { return false }
        var message: UnsafeMutablePointer<CChar>?
        let options = unsafe PQconninfoParse(url, &message)
        defer {
            unsafe PQfreemem(message)
            unsafe PQconninfoFree(options)
        }
        return unsafe options != nil
    }

    /// Lends a list of C strings that ends with a null pointer.
    private static func withCStrings<R>(
        _ strings: [String], _ body: (UnsafePointer<UnsafePointer<CChar>?>?) -> R
    ) -> R {
        let flat = strings.map { Array($0.utf8CString) }
        let starts = flat.reduce(into: [0]) { $0.append($0[$0.count - 1] + $1.count) }
        return unsafe Array(flat.joined()).withUnsafeBufferPointer { bytes in
            var pointers = unsafe starts.dropLast().map { start in unsafe bytes.baseAddress.map { unsafe $0 + start } }
            unsafe pointers.append(nil)
            return unsafe pointers.withUnsafeBufferPointer { unsafe body($0.baseAddress) }
        }
    }
}
