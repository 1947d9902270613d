/// What a title is; movies and series are separate namespaces at every step.
public enum MediaType: String, Sendable, Hashable, CaseIterable {
    case movie, tv
}

/// Which copy of a film or series a row stands for.
public enum Variant: String, Sendable, Hashable, CaseIterable {
    case hd
    case uhd = "4k"
}

/// How a row came to be: somebody asked for it, or a library sync found it.
public enum Origin: String, Sendable, Hashable, CaseIterable {
    case request
    case librarySync = "library_sync"
}
