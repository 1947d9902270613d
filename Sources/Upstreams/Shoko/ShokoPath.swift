import Media

/// Paths as Shoko tells them: a folder's id and the rest, with the separators of its own system.
enum ShokoPath {
    /// Joins a folder and what lies below; what lies below alone where the folder is unknown.
    static func join(_ folder: String?, _ relative: String) -> String {
        let rest = relative.drop { $0 == "/" || $0 == "\\" }
        guard let folder, !folder.isEmpty else { return String(rest) }
        let separator = folder.contains("\\") && !folder.contains("/") ? "\\" : "/"
        return (folder.last == "/" || folder.last == "\\" ? folder : folder + separator) + rest
    }

    /// The form in which paths are compared: one separator, lower case.
    static func comparable(_ path: some StringProtocol) -> String {
        String(path.map { $0 == "\\" ? "/" : $0 }).lowercased()
    }

    /// Whether a file's place ends with `ending`, which is comparable and begins with `/`.
    static func ends(_ place: ShokoFileReading.Location, with ending: String, _ folders: [Int64: String]) -> Bool {
        let below = "/" + comparable(join(nil, place.relativePath))
        if let folder = folders[place.folder], !folder.isEmpty {
            return ("/" + comparable(join(folder, place.relativePath))).hasSuffix(ending)
        }
        return below.hasSuffix(ending) || ending.hasSuffix(below)
    }
}
