public import HTTPClient
public import Media

/// A folder that Shoko watches.
public struct ShokoFolder: Sendable, Hashable {
    public let id: Int64
    public let name: String
    /// As the server sees it.
    public let path: String
    /// Bytes of the files there are records of, on disk or not; nil when not told.
    public let size: Int64?
}

extension Shoko {
    /// Files asked for at once, and how often, to see whether anything of a folder is on the disk.
    private static let pageSize = 100
    private static let pages = 10

    /// Lists the folders that Shoko watches; it answers from its database, so this says nothing about the disk.
    public func managedFolders() async throws(UpstreamError) -> [ShokoFolder] {
        let name = try await folderRoute()
        guard let (list, _) = try await read(LooseList<FolderBody>.self, [name]) else {
            throw try await request(["api", "v3", name]).failure(.status(404))
        }
        return list.items.compactMap { folder in
            guard let id = folder.id?.value else { return nil }
            return ShokoFolder(
                id: id, name: folder.name?.value ?? "", path: folder.path ?? "", size: folder.size?.value)
        }
    }

    /// Whether Shoko's disk has a folder now, and anything in it.
    ///
    /// - Returns: nil where it has no such folder; else how many folders lie in it, files not counted.
    public func subfolders(of path: String) async throws(UpstreamError) -> Int? {
        guard let (list, _) = try await read(LooseList<AnyBody>.self, ["Folder"], [("path", path)]) else {
            return nil
        }
        return list.items.count
    }

    /// Finds the folders whose records would all be lost by dropping those of missing files.
    ///
    /// - Parameter expected: files that are meant to be gone.
    /// - Returns: the folders that the disk does not have, and those of which Shoko sees no file now although it knows of
    ///   others than the expected ones; none where all is well.
    /// - Throws: `UpstreamError` where the server cannot be asked: that is unsound, too.
    public func unsoundFolders(besides expected: Set<ShokoFileID>) async throws(UpstreamError) -> [ShokoFolder] {
        var unsound: [ShokoFolder] = []
        // A folder without records, such as one for drops, has none to lose.
        for folder in try await managedFolders() where folder.size != 0 {
            if try await !isSound(folder, besides: Set(expected.map(\.value))) { unsound.append(folder) }
        }
        return unsound
    }

    private func isSound(_ folder: ShokoFolder, besides expected: Set<Int64>) async throws(UpstreamError) -> Bool {
        guard let below = try await subfolders(of: folder.path) else { return false }
        let path = [try await folderRoute(), String(folder.id), "File"]
        var seen: Set<Int64> = []
        var hasOthers = false
        for page in 1...Self.pages {
            let query = [("page", String(page)), ("pageSize", String(Self.pageSize))]
            // A server without this list leaves only what lies in the folder to go by.
            guard let (list, _) = try await read(FileList.self, path, query) else { return below > 0 }
            let files = (list.items?.value?.items ?? []).compactMap(\.reading)
            let others = files.filter { !expected.contains($0.id) }
            let isThere = others.contains { file in
                file.locations.contains { $0.folder == folder.id && $0.isAccessible == true }
            }
            if isThere { return true }
            let known = seen.count
            seen.formUnion(files.map(\.id))
            hasOthers = hasOthers || !others.isEmpty
            let isWhole = Int64(seen.count) >= list.total?.value ?? .max
            // A server that ignores the page's number would repeat itself for ever.
            if isWhole || seen.count == known { return isWhole && !seen.isEmpty && !hasOthers }
        }
        return false
    }

    private func folderRoute() async throws(UpstreamError) -> String {
        try await startedStatus().generation == .v6 ? "ManagedFolder" : "ImportFolder"
    }
}

private struct AnyBody: Decodable {}

private struct FileList: Decodable {
    var total: LooseID?
    var items: Loose<LooseList<FileBody>>?

    enum CodingKeys: String, CodingKey {
        case total = "Total"
        case items = "List"
    }
}
