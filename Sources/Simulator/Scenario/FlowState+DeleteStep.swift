// Deletions somebody makes in one service, and what makes Marquee's own hard.
extension FlowState {
    /// What will stand in a deletion's way, said beforehand.
    mutating func prepareDeletion(_ number: Int, _ json: JSON) {
        if json["cross_seed"]?.isTrue ?? false { crossSeeded.insert(number) }
        if let count = json["extra_files"]?.int { extraFiles[number] = max(0, count) }
        if let other = json["folder_of"]?.text.flatMap({ self.number(named: $0) }) {
            let path = entries.first { $0.title == other }?.path
            let below = json["below"]?.isTrue ?? false
            folders[number] = path.map { below ? "\($0)/\(title(number).folder)" : $0 }
        }
        let ratio = json["max_ratio"]?.double
        let time = json["max_seeding_time"].flatMap { try? Span.ticks($0) }
        let isPrivate = json["private"]?.isTrue ?? false
        guard isPrivate || ratio != nil || time != nil else { return }
        sharing[number] = FlowTorrent.Sharing(
            isPrivate: isPrivate, maxRatio: ratio, maxSeedingMinutes: time.map { Int($0 / Ticks.perSecond / 60) })
    }

    /// Deletes a title in one service; what was wrong with it, in words, or nil.
    ///
    /// In an *arr `files` (true) says whether its files go, too; `files_only` deletes files and leaves the title, those
    /// of `season` and `episode` where given, for a `reason` (`Manual`, `MissingFromDisk`, …).
    mutating func delete(_ number: Int, in service: String, _ json: JSON) -> String? {
        switch service {
        case "seerr":
            for place in requests.indices where requests[place].title == number { delete(request: place) }
        case "jellyfin", "disk":
            removeFiles(disk.values.filter { $0.title == number }.map(\.path).sorted())
            if service == "jellyfin" {
                for slot in items.indices where items[slot].title == number { drop(slot) }
            }
        case "qbittorrent":
            for place in downloads.indices where entries[downloads[place].entry].title == number {
                removeTorrent(place)
            }
        case "shoko":
            for place in shokoFiles.indices where shokoFiles[place].title == number { shokoForgotten.insert(place) }
        default:
            guard let entry = entries.first(where: { $0.title == number && $0.service == service && !$0.isDeleted })
            else { return "\(service) does not have it" }
            guard json["files_only"]?.isTrue ?? false else {
                delete(entry: entry.place, files: json["files"].map(\.isTrue) ?? true)
                return nil
            }
            let reason = json["reason"]?.text ?? "Manual"
            for file in files(of: entry, season: json["season"]?.int, episode: json["episode"]?.int)
            where !delete(file: file, of: entry.place, reason: reason) {
                return "the root folder is missing"
            }
        }
        return nil
    }

    private func files(of entry: ArrEntry, season: Int?, episode: Int?) -> [Int] {
        let title = title(entry.title)
        let chosen = entry.files.filter { unit, _ in
            guard !title.isFilm else { return true }
            let own = title.episodes[unit]
            return (season ?? own.season) == own.season && (episode ?? own.number) == own.number
        }
        return Set(chosen.values.map(\.id)).sorted()
    }
}
