public import Media

/// Where people open a service: public addresses, sub-paths kept, never internal host names (web.md §1).
public struct PublicLinks: Sendable {
    /// `service/instance` to the address people use.
    private let addresses: [String: String]
    /// `jellyfin/instance` to that server's id, which its deep links need.
    private let serverIDs: [String: String]
    /// Below which our own paths begin.
    private let basePath: String

    public init(addresses: [String: String] = [:], serverIDs: [String: String] = [:], basePath: String = "") {
        self.basePath = basePath
        self.addresses = addresses
        self.serverIDs = serverIDs
    }

    /// A request's poster, served by ourselves.
    public func poster(of request: Int64) -> String { "\(basePath)/images/poster/\(request)" }

    public func jellyfin(_ instance: String, item: String) -> String? {
        guard let base = addresses["jellyfin/\(instance)"] else { return nil }
        let server = serverIDs["jellyfin/\(instance)"].map { "&serverId=\($0)" } ?? ""
        return "\(base)/web/#/details?id=\(item)\(server)"
    }

    public func radarr(_ instance: String, tmdb: Int64?) -> String? {
        guard let base = addresses["radarr/\(instance)"], let tmdb else { return nil }
        return "\(base)/movie/\(tmdb)"
    }

    /// The title's page in Seerr; without an instance, in the only one there is.
    public func jellyseerr(_ instance: String?, _ type: MediaType, tmdb: Int64?) -> String? {
        guard let tmdb, let base = instance.map({ addresses["jellyseerr/\($0)"] }) ?? home("jellyseerr") else {
            return nil
        }
        return "\(base)/\(type.rawValue)/\(tmdb)"
    }

    /// Where a service is opened, when there is exactly one instance of it.
    public func home(_ service: String) -> String? {
        let all = addresses.filter { $0.key.hasPrefix(service + "/") }
        return all.count == 1 ? all.first?.value : nil
    }

    /// Sonarr's pages go by title, so only the list can be linked to.
    public func sonarr(_ instance: String) -> String? { addresses["sonarr/\(instance)"] }
}
