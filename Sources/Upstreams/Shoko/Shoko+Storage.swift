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
    /// Files asked for to see whether anything of a folder is on the disk.
    private static let sample = 100

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
    /// - Returns: the folders that the disk does not have, and those that hold nothing, though Shoko knows of other
    ///   files there; none where all is well.
    /// - Throws: `UpstreamError` where the server cannot be asked: that is unsound, too.
    public func unsoundFolders(besides expected: Set<ShokoFileID>) async throws(UpstreamError) -> [ShokoFolder] {
        var unsound: [ShokoFolder] = []
        // A folder without records, such as one for drops, has none to lose.
        for folder in try await managedFolders() where folder.size != 0 {
            if let count = try await subfolders(of: folder.path), count > 0 { continue }
            if try await !holdsAnything(folder, besides: Set(expected.map(\.value))) { unsound.append(folder) }
        }
        return unsound
    }

    /// Whether any other file of a folder without subfolders is on the disk, or none is left to be there.
    private func holdsAnything(_ folder: ShokoFolder, besides expected: Set<Int64>) async throws(UpstreamError) -> Bool
    {
        let query = [("page", "1"), ("pageSize", String(Self.sample))]
        let path = [try await folderRoute(), String(folder.id), "File"]
        // A server without this list leaves it open; what is open is unsound.
        guard let (list, _) = try await read(FileList.self, path, query) else { return false }
        let files = (list.items?.value?.items ?? []).compactMap(\.reading)
        let others = files.filter { !expected.contains($0.id) }
        if others.isEmpty { return !files.isEmpty && (list.total?.value ?? .max) <= Int64(files.count) }
        return others.contains { file in
            file.locations.contains { $0.folder == folder.id && $0.isAccessible == true }
        }
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
