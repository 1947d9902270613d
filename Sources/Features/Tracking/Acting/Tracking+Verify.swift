import Media
import Store

extension Tracking {
    /// What looking into Jellyfin said.
    public enum VerifyResult: String, Sendable, CaseIterable {
        case playable
        case notFound = "not_found"
        case metadataOnly = "metadata_only"
        /// Jellyfin could not be read: nothing was changed.
        case unknown
    }

    /// Looks into Jellyfin now, whatever the stage.
    public func verify(_ id: Int64) async throws -> VerifyResult {
        guard try await store.read({ try $0.request(id) }) != nil else { throw ActionFailure.notFound }
        guard let librarian else { throw ActionFailure.notConfigured(service: "jellyfin") }
        let answer = await librarian.look(for: [id])[id] ?? .unknown
        return VerifyResult(rawValue: answer.rawValue) ?? .unknown
    }
}
