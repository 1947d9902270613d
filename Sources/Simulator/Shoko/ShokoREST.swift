/// One call to Shoko's REST API v3, its routes in lower case.
struct ShokoREST {
    let service: ShokoService
    let view: WorldView
    let call: Call

    var writer: ShokoWriter { ShokoWriter(version: service.version, call: call) }

    func answer(_ route: [String]) -> Answer {
        switch (call.method, route.first) {
        case ("GET", "series"): return series(Array(route.dropFirst()))
        case ("DELETE", "series") where route.count == 2: return deleteSeries(route[1])
        case (_, "file"): return file(Array(route.dropFirst()))
        case ("GET", service.version.folderRoute): return folders(Array(route.dropFirst()))
        case ("GET", "folder") where route.count == 1: return subfolders
        case ("GET", "action"): return action(Array(route.dropFirst()))
        default: return Answer(404)
        }
    }

    /// Every file there is a record of: of the library, then of the flow.
    var files: [FlowShokoFile] { service.records.files(view) + service.flow.shokoFiles.map(mounted) }

    func file(_ id: Int) -> FlowShokoFile? {
        service.records.file(id, view) ?? service.flow.shokoFiles.first { $0.fileID == id }.map(mounted)
    }

    func mounted(_ file: FlowShokoFile) -> FlowShokoFile {
        var file = file
        if !service.records.isMounted(file.folderID) { file.isAccessible = false }
        return file
    }

    func found(_ value: JSON?) -> Answer { value.map { .json($0) } ?? .text("Not found.", status: 404) }

    // MARK: Folders

    private func folders(_ rest: [String]) -> Answer {
        let all = ShokoRecords.folders.map { folder -> (id: Int, body: JSON) in
            let size = files.filter { $0.folderID == folder.id }.reduce(0) { $0 + $1.size }
            return (
                folder.id,
                [
                    "ID": .integer(folder.id), "Name": .string(folder.name), "Path": .string(folder.path + "/"),
                    "WatchForNewFiles": true, "DropFolderType": "Destination", "Size": 0,
                    "FileSize": .integer(Int(size)),
                ]
            )
        }
        if rest.isEmpty { return .json(.array(all.map(\.body))) }
        guard let id = Int(rest[0]) else { return Answer(404) }
        if rest.count == 2 && rest[1] == "file" && all.contains(where: { $0.id == id }) {
            return page(files.filter { $0.folderID == id }) { writer.file($0, withReferences: false) }
        }
        guard rest.count == 1 else { return Answer(404) }
        return found(all.first { $0.id == id }?.body)
    }

    /// `GET Folder?path=`: the disk itself, unlike the folders above; 404 where nothing is.
    private var subfolders: Answer {
        let wanted = (call.parameter("path") ?? "/").replacing("\\", with: "/")
        let base = wanted.hasSuffix("/") ? String(wanted.dropLast()) : wanted
        var names: Set<String> = []
        let mounts = ShokoRecords.folders.filter { service.records.isMounted($0.id) && !view.flow.isGone($0.path) }
        var paths = mounts.map { $0.path + "/x" }
        paths += files.filter(\.isAccessible).map(\.absolutePath)
        var exists = false
        for path in paths where path.hasPrefix(base + "/") {
            exists = true
            let parts = path.dropFirst(base.utf8.count + 1).split(separator: "/")
            if parts.count > 1 { names.insert(String(parts[0])) }
        }
        guard exists else { return .text("Directory not found.", status: 404) }
        return .json(
            .array(names.sorted().map { ["Path": .string("\(base)/\($0)"), "IsAccessible": true, "Sizes": [:]] }))
    }

    // MARK: Actions

    private func action(_ rest: [String]) -> Answer {
        guard rest.first == "removemissingfiles", rest.count <= 2 else { return Answer(404) }
        if rest.count == 2, !["true", "false"].contains(rest[1]) { return Answer(404) }
        // Whatever Shoko cannot see loses its record, an unmounted folder's files all of them.
        for file in files where !file.isAccessible { forget(file) }
        return Answer(200)
    }

    /// Drops a record and tells the listeners.
    func forget(_ file: FlowShokoFile, fromDisk: Bool = false) {
        let isLibrary = service.records.forget(file.fileID)
        if !isLibrary { service.flow.removeShokoFile(file.fileID, fromDisk: fromDisk) }
        // A file of the flow that goes from the disk is told of by the flow itself.
        if isLibrary || !(fromDisk && file.isAccessible) { service.hub.tell(.deleted(file)) }
    }
}
