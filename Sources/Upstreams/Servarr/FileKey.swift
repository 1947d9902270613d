import Media

/// By what two tellings of one file's fact are known to be one.
enum FileKey {
    static func naturalKey(id: Int64?, path: String?) -> String {
        id.map { "file|\($0)" } ?? "path|\(path ?? "")"
    }

    /// The whole path of a file named below its title's folder, with that server's separator.
    static func path(of relative: String, in folder: String) -> String {
        var folder = folder
        let separator = folder.contains("\\") && !folder.contains("/") ? "\\" : "/"
        while folder.last == "/" || folder.last == "\\" { folder.removeLast() }
        return folder + separator + relative
    }
}

/// What the reason of a file's deletion makes of it (tracking.md §1).
enum FileRemoval {
    /// - Returns: nil for reasons that are only a note: a file missing from disk may be a missing disk.
    static func fact(for reason: String?) -> Observation.Fact? {
        switch reason?.lowercased() {
        case "upgrade": .fileReplaced
        case "manual": .fileRemoved
        default: nil
        }
    }
}
