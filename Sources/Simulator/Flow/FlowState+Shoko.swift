// Shoko: sees the files of anime, hashes and matches them, and fetches what AniDB says.
extension FlowState {
    static func shokoFolder(of path: String) -> (id: Int, path: String)? {
        FlowShokoFile.folders.first { path.hasPrefix($0.path + "/") }.map { ($0.id, $0.path) }
    }

    /// Shoko's place of the file at a path.
    func shokoFile(at path: String) -> Int? { shokoFiles.lastIndex { $0.absolutePath == path && $0.isAccessible } }

    mutating func shokoDetect(_ path: String) {
        guard let file = visible(path), let folder = Self.shokoFolder(of: path), shokoFile(at: path) == nil else {
            return
        }
        let place = shokoFiles.count
        shokoFiles.append(
            FlowShokoFile(
                fileID: 7_000 + place + 1, locationID: 9_000 + place + 1, folderID: folder.id,
                relativePath: String(path.dropFirst(folder.path.count)), absolutePath: path, size: file.size,
                detectedAt: now, phase: .detected, crossReferences: [], attempts: 0, isAccessible: true,
                title: file.title, unit: file.unit))
        happenings.append(.detected(shokoFiles[place]))
        shokoFiles[place].phase = .hashing
        let seconds = delays.shokoHash * Double(file.size) / 1_000_000_000
        plan(.shokoHash(file: place), after: seconds, salt: salt(place, 15))
    }

    mutating func shokoHash(_ place: Int) {
        guard shokoFiles[place].isAccessible else { return }
        shokoFiles[place].hashedAt = now
        happenings.append(.hashed(shokoFiles[place]))
        plan(.shokoMatch(file: place), after: delays.shokoMatch, salt: salt(place, 16))
    }

    mutating func shokoMatch(_ place: Int) {
        guard shokoFiles[place].isAccessible, shokoFiles[place].phase != .matched else { return }
        shokoFiles[place].attempts += 1
        let title = title(shokoFiles[place].title)
        guard let anime = title.anidb, !unmatchable.contains(title.number) else {
            shokoFiles[place].phase = .unmatched
            happenings.append(.notMatched(shokoFiles[place]))
            return
        }
        let isKnown = shokoKnown.contains(title.number)
        shokoFiles[place].phase = .matched
        shokoFiles[place].crossReferences = [
            FlowShokoFile.CrossReference(
                anidbAnime: anime, anidbEpisode: title.anidbEpisode(shokoFiles[place].unit),
                seriesID: isKnown ? title.shokoSeries : nil,
                episodeID: isKnown ? title.shokoEpisode(shokoFiles[place].unit) : nil)
        ]
        happenings.append(.matched(shokoFiles[place]))
        // Shokofin shows it from now on: Jellyfin looks soon.
        agenda.add(.monitor(path: shokoFiles[place].absolutePath), at: now + spread(10, salt: salt(place, 33)))
        plan(.shokoMetadata(file: place), after: delays.shokoMetadata, salt: salt(place, 17))
    }

    /// The series is fetched: cross references get Shoko's own ids, listeners hear of series and episode.
    mutating func shokoMetadata(_ place: Int) {
        let title = title(shokoFiles[place].title)
        let isNew = shokoKnown.insert(title.number).inserted
        for other in shokoFiles.indices where shokoFiles[other].title == title.number {
            for reference in shokoFiles[other].crossReferences.indices {
                shokoFiles[other].crossReferences[reference].seriesID = title.shokoSeries
                shokoFiles[other].crossReferences[reference].episodeID = title.shokoEpisode(shokoFiles[other].unit)
            }
            if title.isFilm {
                shokoFiles[other].tmdbMovie = title.tmdb
            } else {
                shokoFiles[other].tmdbShow = title.tmdb
            }
        }
        let series = shokoSeries(title)
        happenings.append(.seriesUpdated(series, isNew: isNew))
        let unit = shokoFiles[place].unit
        if series.episodes.indices.contains(unit) {
            happenings.append(.episodeUpdated(series, series.episodes[unit], isNew: isNew))
        }
    }

    /// A file is gone from where it was: Shoko drops its record when it looks.
    mutating func shokoLost(_ path: String) {
        guard let place = shokoFile(at: path) else { return }
        shokoFiles[place].isAccessible = false
        happenings.append(.deleted(shokoFiles[place]))
    }

    func shokoSeries(_ title: FlowTitle) -> FlowShokoSeries {
        let files = shokoFiles.filter { $0.title == title.number && $0.phase == .matched && $0.isAccessible }
        return FlowShokoSeries(
            seriesID: title.shokoSeries, anidbAnime: title.anidb ?? 0, name: title.name, year: title.year,
            isFilm: title.isFilm, tmdb: title.tmdb, tvdb: title.tvdb, imdb: title.imdb,
            episodes: title.units.map { unit in
                FlowShokoSeries.Episode(
                    episodeID: title.shokoEpisode(unit), anidbEpisode: title.anidbEpisode(unit),
                    name: title.isFilm ? title.name : title.episodes[unit].name, number: unit + 1,
                    fileID: files.first { $0.unit == unit }?.fileID)
            })
    }
}
