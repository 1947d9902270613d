public import HTTPClient
import JSONStream
public import Media

/// One of a server's libraries.
public struct LibraryFolder: Sendable, Hashable {
    /// To be used as `parentId`, and to refresh the library.
    public var id: JellyfinItemID
    public var name: String
    /// `movies`, `tvshows`, `music`, `boxsets`…; nil for mixed ones.
    public var collectionType: String?
    /// Its folders, as the server sees them.
    public var locations: [String]
}

extension Jellyfin {
    /// Lists the libraries; needs a key with an administrator's rights.
    public func virtualFolders() async throws(UpstreamError) -> [LibraryFolder] {
        let call = request(["Library", "VirtualFolders"], timeout: .seconds(10))
        let answer = try await transport.send(call)
        try check(answer, of: call)
        guard let root = (try? JSONTree(answer.body))?.root, root.kind == .array else {
            throw call.failure(.undecodable(field: "JSON"), cause: "this is no list of libraries")
        }
        return root.elements.compactMap { node in
            guard let id = node["ItemId"].scalar.flatMap({ JellyfinItemID($0) }) else { return nil }
            return LibraryFolder(
                id: id, name: node["Name"].text ?? "",
                collectionType: node["CollectionType"].text.flatMap { $0.isEmpty ? nil : $0.lowercased() },
                locations: node["Locations"].elements.compactMap(\.text))
        }
    }

    /// Reports a folder as changed: after its own delay the server looks at the nearest item it knows on the way up.
    ///
    /// It accepts paths outside every library, too, and does nothing then.
    /// - Parameter path: as the server sees it.
    /// - Throws: `UpstreamError` when the report was not taken.
    public func mediaUpdated(path: String) async throws(UpstreamError) {
        var body = JSONWriter()
        body.object {
            $0.array("Updates") {
                $0.object {
                    $0.field("Path", path)
                    $0.field("UpdateType", "Created")
                }
            }
        }
        var call = request(["Library", "Media", "Updated"], method: "POST", timeout: .seconds(10))
        call.headers.append(("Content-Type", "application/json"))
        call.body = body.bytes
        try await order(call)
    }

    /// Queues a scan of all libraries; one that runs is cancelled and begins again, so this is for rare use.
    public func refreshLibrary() async throws(UpstreamError) {
        try await order(request(["Library", "Refresh"], method: "POST", timeout: .seconds(10)))
    }

    /// Queues a refresh of one item, or of a library and what is below it.
    public func refresh(_ item: JellyfinItemID) async throws(UpstreamError) {
        let query = [("recursive", "true"), ("metadataRefreshMode", "Default"), ("imageRefreshMode", "Default")]
        try await order(request(["Items", item.text, "Refresh"], query, method: "POST", timeout: .seconds(10)))
    }

    /// Sends what is answered without a body.
    private func order(_ call: HTTPRequest) async throws(UpstreamError) {
        var call = call
        if call.body == nil { call.body = [] }
        try check(try await transport.send(call), of: call)
    }
}
