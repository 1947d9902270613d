import HTTPClient
import JSONStream
public import Media

extension Jellyfin {
    /// Reads every film and series, page by page, into `receiver`.
    ///
    /// - Returns: `.incomplete` when even a second pass does not add up: unknown, never "gone".
    /// - Throws: `UpstreamError` when the server gave no usable answer, or what `receiver` throws.
    public func library(into receiver: any LibraryReceiver) async throws -> Completeness {
        try await listing(
            Self.libraryQuery, into: LibraryPages(receiver, images: base.appending(["Items"], query: [])))
    }

    /// Exactly the parameters of library-sync.md §1; films collapse into box sets unless told not to.
    private static let libraryQuery: [(String, String)] = [
        ("recursive", "true"), ("includeItemTypes", "Movie,Series"),
        ("fields", "ProviderIds,Path,Overview,DateCreated,MediaSources"), ("collapseBoxSetItems", "false"),
        ("enableUserData", "false"), ("sortBy", "DateCreated,SortName"), ("sortOrder", "Ascending"),
    ]
}

/// Brings a library's pages to its receiver.
private final class LibraryPages: ListingReader {
    static let shape = LibraryItemReader.shape

    private let receiver: any LibraryReceiver
    private var reader: LibraryItemReader
    private var outcome = LibraryItemReader.Outcome.dropped
    /// Told when the page is whole: a page that fails comes again, and nothing tells these items apart.
    private var nameless: [RejectedItem] = []

    init(_ receiver: any LibraryReceiver, images: String) {
        self.receiver = receiver
        reader = LibraryItemReader(images: images)
    }

    func restart() { receiver.restart() }
    func pageBegins() { nameless.removeAll() }

    func examine(_ record: borrowing RecordStream) -> UInt64? {
        outcome = reader.read(record)
        if case .nameless(let rejected) = outcome {
            nameless.append(rejected)
            return nil
        }
        return reader.identity
    }

    func accept() throws {
        switch outcome {
        case .item: try receiver.receive(reader.item)
        case .unusable(let rejected): receiver.reject(rejected)
        case .dropped, .nameless: break
        }
    }

    func pageDone(read: Int, of total: Int) throws {
        for rejected in nameless { receiver.reject(rejected) }
        nameless.removeAll()
        try receiver.pageDone(read: read, of: total)
    }
}
