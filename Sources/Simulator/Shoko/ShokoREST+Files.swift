extension ShokoREST {
    /// The calls below `File`.
    func file(_ rest: [String]) -> Answer {
        switch (call.method, rest.first) {
        case ("GET", "pathendswith"): return pathEndsWith(rest.count > 1 ? pathSegments : call.parameter("path"))
        case ("GET", let id?) where rest.count == 1:
            return found(Int(id).flatMap(file).map { writer.file($0, withReferences: asksForReferences(false)) })
        case ("POST", let id?) where rest.count == 2 && rest[1] == "rescan":
            guard let number = Int(id), file(number) != nil else { return found(nil) }
            service.flow.rescanShokoFile(number)
            return Answer(200)
        case ("DELETE", let id?) where rest.count == 1: return delete(id)
        default: return Answer(404)
        }
    }

    /// `/PathEndsWith/{path}`: the path in one encoded segment or in several.
    private var pathSegments: String { call.segments.dropFirst(4).joined(separator: "/") }

    private func pathEndsWith(_ path: String?) -> Answer {
        guard let path, !path.isEmpty else { return .text("The path field is required.", status: 400) }
        let limit = call.parameter("limit").flatMap { Int($0) } ?? 0
        guard (0...100).contains(limit) else { return .text("The field limit must be between 0 and 100.", status: 400) }
        let wanted = path.replacing("\\", with: "/").lowercased()
        let matches = files.filter { $0.absolutePath.lowercased().hasSuffix(wanted) }
        let chosen = limit == 0 ? matches : Array(matches.prefix(limit))
        return .json(.array(chosen.map { writer.file($0, withReferences: asksForReferences(true)) }))
    }

    /// v5 asks with `includeXRefs`, by path without being asked; v6 only with `include=XRefs`.
    private func asksForReferences(_ byDefault: Bool) -> Bool {
        service.version == .v5 ? call.flag("includeXRefs") ?? byDefault : writer.includes("XRefs")
    }

    private func delete(_ id: String) -> Answer {
        guard let file = Int(id).flatMap(file) else { return found(nil) }
        forget(file, fromDisk: call.flag("removeFiles") ?? true)
        return Answer(200)
    }

    /// `DELETE Series/{id}`: the files' records, and the files where asked.
    func deleteSeries(_ id: String) -> Answer {
        guard let number = Int(id), allSeries.contains(where: { $0.seriesID == number }) else { return found(nil) }
        let fromDisk = call.flag("deleteFiles") ?? false
        for file in files where file.crossReferences.contains(where: { $0.seriesID == number }) {
            forget(file, fromDisk: fromDisk)
        }
        return Answer(200)
    }
}
