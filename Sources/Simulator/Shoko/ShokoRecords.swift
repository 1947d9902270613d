import Synchronization

/// What Shoko has of the generated library: every anime with files, matched and linked since long.
///
/// Numbers are computed: a film's file is 1,000,000 + its title, an episode's 2,000,000 + its place among all episodes.
final class ShokoRecords: Sendable {
    /// The folders Shoko watches: those of the flow, and the films of the library.
    static let folders = FlowShokoFile.folders + [(id: 3, name: "Films", path: "/media/movies")]

    private struct State {
        var forgotten: Set<Int> = []
        var unmounted: Set<Int> = []
    }

    private let library: Library
    /// Numbers of the titles Shoko has, ascending.
    let titles: [Int]
    private let state = Mutex(State())

    init(_ library: Library) {
        self.library = library
        titles = (0..<library.titleCount).filter {
            let title = library.title($0)
            return title.isAnime && title.holding.hasFiles
        }
    }

    static func seriesID(of title: Title) -> Int { 100_000 + title.number }

    /// Drops a file's record; false when there is none.
    func forget(_ fileID: Int) -> Bool {
        guard owner(of: fileID) != nil else { return false }
        return state.withLock { $0.forgotten.insert(fileID).inserted }
    }

    /// Takes a folder's disk away, or brings it back.
    func mount(_ folder: Int, _ isMounted: Bool) {
        state.withLock { if isMounted { $0.unmounted.remove(folder) } else { $0.unmounted.insert(folder) } }
    }

    func isMounted(_ folder: Int) -> Bool { state.withLock { !$0.unmounted.contains(folder) } }

    func reset() { state.withLock { $0 = State() } }

    /// Every file Shoko has a record of.
    func files(_ view: WorldView) -> [FlowShokoFile] {
        let (forgotten, unmounted) = state.withLock { ($0.forgotten, $0.unmounted) }
        return titles.flatMap { files(of: view.title($0), view) }.filter { !forgotten.contains($0.fileID) }.map {
            guard unmounted.contains($0.folderID) else { return $0 }
            var file = $0
            file.isAccessible = false
            return file
        }
    }

    /// One file by its number.
    func file(_ fileID: Int, _ view: WorldView) -> FlowShokoFile? {
        guard let number = owner(of: fileID), state.withLock({ !$0.forgotten.contains(fileID) }) else { return nil }
        var file = files(of: view.title(number), view).first { $0.fileID == fileID }
        if let folder = file?.folderID, !isMounted(folder) { file?.isAccessible = false }
        return file
    }

    /// One series by Shoko's number.
    func series(_ id: Int, _ view: WorldView) -> FlowShokoSeries? {
        let number = id - 100_000
        guard titles.contains(number) else { return nil }
        return series(view.title(number))
    }

    /// A title as Shoko's series: a film is a series of one episode.
    func series(_ title: Title) -> FlowShokoSeries {
        let files = fileIDs(of: title)
        return FlowShokoSeries(
            seriesID: Self.seriesID(of: title), anidbAnime: title.ids.anidb ?? 0, name: title.name, year: title.year,
            isFilm: title.kind == .movie, tmdb: title.ids.tmdb, tvdb: title.ids.tvdb, imdb: title.ids.imdb,
            episodes: files.enumerated().map { place, file in
                FlowShokoSeries.Episode(
                    episodeID: 3_000_000 + file, anidbEpisode: 6_000_000 + file,
                    name: title.kind == .movie ? title.name : "Episode \(place + 1)", number: place + 1, fileID: file)
            })
    }

    private func owner(of fileID: Int) -> Int? {
        let number: Int
        if (2_000_000..<2_000_000 + library.episodeCount).contains(fileID) {
            let series = Library.owner(of: fileID - 2_000_000, in: library.episodeStarts).series
            number = library.plan.size.films + series
        } else {
            number = fileID - 1_000_000
        }
        return titles.contains(number) ? number : nil
    }

    private func fileIDs(of title: Title) -> [Int] {
        guard title.kind == .series else { return [1_000_000 + title.number] }
        let starts = library.episodeStarts
        return (Int(starts[title.ordinal])..<Int(starts[title.ordinal + 1])).map { 2_000_000 + $0 }
    }

    private func files(of title: Title, _ view: WorldView) -> [FlowShokoFile] {
        let media = MediaFile(title, name: title.name, copy: false, generation: view.generation(title.number))
        let ids = fileIDs(of: title)
        let paths = paths(of: title, media)
        let series = series(title)
        return zip(ids, paths).enumerated().compactMap { place, pair in
            let folder = Self.folders.first { pair.1.hasPrefix($0.path + "/") }
            guard let folder else { return nil }
            let created = title.created(copy: false)
            return FlowShokoFile(
                fileID: pair.0, locationID: 4_000_000 + pair.0, folderID: folder.id,
                relativePath: String(pair.1.dropFirst(folder.path.count)), absolutePath: pair.1,
                size: media.size(0), detectedAt: created, hashedAt: created, phase: .matched,
                crossReferences: [
                    FlowShokoFile.CrossReference(
                        anidbAnime: series.anidbAnime, anidbEpisode: series.episodes[place].anidbEpisode,
                        seriesID: series.seriesID, episodeID: series.episodes[place].episodeID)
                ],
                tmdbMovie: series.isFilm ? series.tmdb : nil, tmdbShow: series.isFilm ? nil : series.tmdb, attempts: 1,
                isAccessible: !(view.overrides[title.number]?.filesGone ?? false), previousPath: nil,
                title: title.number, unit: place)
        }
    }

    private func paths(of title: Title, _ media: MediaFile) -> [String] {
        func text(_ write: (inout JSONText) -> Void) -> String {
            var out = JSONText()
            write(&out)
            // Written for JSON; what is escaped there is not in a path.
            let plain = JSON(parsing: Array("\"".utf8) + out.bytes + Array("\"".utf8))?.text
            return plain ?? String(decoding: out.bytes, as: UTF8.self)
        }
        guard title.kind == .series else { return [text { media.writePath(0, &$0) }] }
        let layout = library.seasons(ofSeries: title.ordinal)
        return (0..<layout.episodes).map { place in
            let numbers = layout.numbers(at: place)
            return text { media.writeEpisode(season: numbers.season, number: numbers.episode, &$0) }
        }
    }
}
