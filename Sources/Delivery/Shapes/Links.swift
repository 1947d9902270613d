/// Where people open a service: public addresses, sub-paths kept, never internal host names (web.md §1).
public struct PublicLinks: Sendable {
    /// `service/instance` to the address people use.
    private let addresses: [String: String]
    /// `jellyfin/instance` to that server's id, which its deep links need.
    private let serverIDs: [String: String]

    public init(addresses: [String: String] = [:], serverIDs: [String: String] = [:]) {
        self.addresses = addresses
        self.serverIDs = serverIDs
    }

    public func jellyfin(_ instance: String, item: String) -> String? {
        guard let base = addresses["jellyfin/\(instance)"] else { return nil }
        let server = serverIDs["jellyfin/\(instance)"].map { "&serverId=\($0)" } ?? ""
        return "\(base)/web/#/details?id=\(item)\(server)"
    }

    public func radarr(_ instance: String, tmdb: Int64?) -> String? {
        guard let base = addresses["radarr/\(instance)"], let tmdb else { return nil }
        return "\(base)/movie/\(tmdb)"
    }

    /// Sonarr's pages go by title, so only the list can be linked to.
    public func sonarr(_ instance: String) -> String? { addresses["sonarr/\(instance)"] }
}
