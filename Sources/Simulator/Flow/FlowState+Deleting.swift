// What goes: titles and files of the *arrs, the files on the disk, whole disks.
extension FlowState {
    /// Takes a title out of an *arr.
    ///
    /// Its folder goes a little later, and without a word not at all where it equals or holds another title's.
    mutating func delete(entry place: Int, files: Bool, excluding: Bool = false) {
        guard !entries[place].isDeleted else { return }
        let keepsFiles = sharesFolder(place) || isGone(entries[place].path)
        entries[place].isDeleted = true
        if excluding { exclude(place) }
        tellDeleted(place, files: files)
        for download in downloads.indices where downloads[download].entry == place {
            downloads[download].isInQueue = false
        }
        guard files, !keepsFiles else { return }
        let folder = entries[place].path + "/"
        let paths = disk.keys.filter { $0.hasPrefix(folder) }.sorted()
        agenda.add(.removeFiles(paths: paths), at: now + Int64(delays.deletion * Double(Ticks.perSecond)))
    }

    /// Whether a title's folder is another's, or has another's in it.
    private func sharesFolder(_ place: Int) -> Bool {
        let own = entries[place].path
        return entries.contains { other in
            other.place != place && other.service == entries[place].service && !other.isDeleted
                && (other.path == own || other.path.hasPrefix(own + "/"))
        }
    }

    /// Deletes a file in its *arr: at once.
    ///
    /// - Returns: false where the root folder is missing; the file stays then.
    @discardableResult
    mutating func delete(file id: Int, of place: Int, reason: String = "Manual") -> Bool {
        guard let file = entries[place].files.values.first(where: { $0.id == id }) else { return true }
        guard !isGone(entries[place].root) else { return false }
        let path = "\(entries[place].path)/\(file.relativePath)"
        let told = reason == "Manual" ? "manual" : reason.prefix(1).lowercased() + reason.dropFirst()
        for unit in file.units {
            entries[place].files[unit] = nil
            note(
                title(entries[place].title).isFilm ? .movieFileDeleted : .episodeFileDeleted, place, unit, nil,
                sourceTitle: path, quality: file.quality, data: [("reason", reason)])
            tellFileDeleted(place, unit, file, reason: told)
        }
        removeFiles([path])
        return true
    }

    /// Lists may never bring the title back.
    private mutating func exclude(_ place: Int) {
        let (service, title) = (entries[place].service, entries[place].title)
        guard !exclusions.contains(where: { $0.service == service && $0.title == title }) else { return }
        lastExclusion += 1
        exclusions.append(FlowExclusion(id: lastExclusion, service: service, title: title))
    }

    /// Takes what lies in a title's folder as its files, as an *arr does with a title it gets (again).
    mutating func rescan(_ place: Int) {
        let folder = entries[place].path + "/"
        let number = entries[place].title
        let found = disk.values.filter { $0.title == number && $0.path.hasPrefix(folder) && !isGone($0.path) }
        for file in found.sorted(by: { $0.unit < $1.unit }) where entries[place].files[file.unit] == nil {
            lastFileID += 1
            entries[place].files[file.unit] = ArrFile(
                id: 3_000_000 + lastFileID, units: [file.unit], relativePath: String(file.path.dropFirst(folder.count)),
                size: file.size, quality: .web1080, added: now, hash: nil, release: nil)
        }
    }

    // MARK: The disk

    /// Files go at last, some time after they were deleted in a service.
    mutating func removeFiles(_ paths: [String]) {
        for path in paths where !isGone(path) && disk.removeValue(forKey: path) != nil { vanished(path) }
    }

    /// Whether a path lies on a disk that is not there.
    func isGone(_ path: String) -> Bool {
        goneMounts.contains { path == $0 || path.hasPrefix($0 + "/") }
    }

    /// The file at a path, as whoever looks sees it.
    func visible(_ path: String) -> DiskFile? { isGone(path) ? nil : disk[path] }

    /// Takes the disk at a path away, or brings it back: nobody is told, whoever looks finds an empty folder.
    mutating func mount(_ path: String, _ isMounted: Bool) {
        if isMounted { goneMounts.remove(path) } else { goneMounts.insert(path) }
        for place in shokoFiles.indices where !shokoForgotten.contains(place) {
            let file = shokoFiles[place].absolutePath
            guard file == path || file.hasPrefix(path + "/") else { continue }
            shokoFiles[place].isAccessible = visible(file) != nil
        }
    }

    /// Has a finished torrent shared once more: the same content under another hash.
    mutating func crossSeed(_ place: Int) {
        let own = downloads[place]
        let hash = String(own.hash.reversed())
        guard !own.isCrossSeed, !downloads.contains(where: { $0.hash == hash }) else { return }
        var other = Download(
            number: downloads.count, entry: own.entry, units: own.units, hash: hash, release: own.release,
            grabbedAt: now, isUpgrade: false, phaseSince: now, rate: own.rate)
        other.isCrossSeed = true
        other.isInQueue = false
        other.enter(.seeding, at: now)
        other.bytes = own.release.size
        other.completedAt = now
        other.state = .imported
        downloads.append(other)
    }
}

/// A title an *arr was told never to take from lists.
struct FlowExclusion: Sendable, Hashable {
    let id: Int
    let service: String
    let title: Int
}
