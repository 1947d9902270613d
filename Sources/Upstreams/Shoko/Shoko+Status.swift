public import HTTPClient

/// Who a Shoko server says it is, and how far it has come.
public struct ShokoStatus: Sendable, Hashable {
    /// Versions 6 and later call feeds, events and folders otherwise.
    public enum Generation: Sendable, Hashable {
        case v5, v6
    }

    /// `Starting`, `Started`, `Failed`, or `Waiting` for its set-up.
    public let state: String
    public let message: String?
    /// Such as `5.3.3.0`; "" when not told.
    public let version: String
    /// The server's clock in milliseconds since 1970, exact to a second.
    public let clockMillis: Int64?

    public var isStarted: Bool { state.lowercased() == "started" }
    public var generation: Generation { Self.generation(of: version) }

    /// A version that cannot be read is taken for 5, the released one.
    static func generation(of version: String) -> Generation {
        let major = version.drop { !$0.isNumber }.prefix { $0.isNumber }
        return (Int(major) ?? 5) >= 6 ? .v6 : .v5
    }
}

extension Shoko {
    /// Asks how the server is; needs no key, and works while it starts.
    public func status() async throws(UpstreamError) -> ShokoStatus {
        let call = open(["Init", "Status"])
        guard let (state, answer) = try ShokoAnswer.decode(StateBody.self, try await transport.send(call), call),
            let name = state.state
        else { throw call.failure(.undecodable(field: "State"), cause: "this does not look like Shoko") }
        return ShokoStatus(
            state: name, message: state.message, version: try await version(), clockMillis: answer.headers.dateMillis)
    }

    /// Asks who the server is, and whether the key is good.
    ///
    /// - Throws: `UpstreamError`; `.refusedAuth` for a wrong key, `.status(503)` for a server that has not started.
    public func identify() async throws(UpstreamError) -> ShokoStatus {
        let status = try await startedStatus()
        _ = try await folders(status.generation)
        return status
    }

    /// As `status`, but a server that is not ready is unreadable.
    func startedStatus() async throws(UpstreamError) -> ShokoStatus {
        let status = try await status()
        guard status.isStarted else {
            let words = status.message.map { ": \($0.prefix(200))" } ?? ""
            throw open(["Init", "Status"]).failure(.status(503), cause: "Shoko is \(status.state.lowercased())\(words)")
        }
        return status
    }

    private func version() async throws(UpstreamError) -> String {
        let call = open(["Init", "Version"])
        let body = try ShokoAnswer.decode(VersionBody.self, try await transport.send(call), call)?.body
        return body?.server?.value?.version ?? ""
    }

    /// A request without the key.
    private func open(_ path: [String]) -> HTTPRequest {
        HTTPRequest(
            "GET", base.appending(["api", "v3"] + path), headers: [("Accept", "application/json")],
            service: Self.service)
    }
}

private struct StateBody: Decodable {
    var state: String?
    var message: String?

    enum CodingKeys: String, CodingKey {
        case state = "State"
        case message = "StartupMessage"
    }
}

private struct VersionBody: Decodable {
    struct Server: Decodable {
        var version: String?

        enum CodingKeys: String, CodingKey {
            case version = "Version"
        }
    }

    var server: Loose<Server>?

    enum CodingKeys: String, CodingKey {
        case server = "Server"
    }
}
