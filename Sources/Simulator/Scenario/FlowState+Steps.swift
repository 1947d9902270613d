// What the steps of a scenario do.
extension FlowState {
    /// Does one step; what was wrong with it, in words, or nil.
    mutating func perform(_ step: ScenarioStep) -> String? {
        switch step.action {
        case .request:
            ask(step)
            return nil
        case .userAdded:
            let number = title(for: step.wish)
            named.append(number)
            prepare(number, step.json)
            let title = self.title(number)
            let entry = entry(for: title, in: title.isFilm ? "radarr" : "sonarr", wanted: Array(title.units))
            plan(.search(entry: entry, units: Array(title.units)), after: 5, salt: salt(number, 30))
            return nil
        case .setClock:
            clockSpeed = step.json["speed"]?.int.map { min(10_000, max(0, $0)) } ?? clockSpeed
            if let advance = step.json["advance"], let ticks = try? Span.ticks(advance) { clockJump += ticks }
            return nil
        case .unmount, .mount:
            guard let path = step.json["path"]?.text else { return "path is missing" }
            mount(path, step.action == .mount)
            return nil
        default: break
        }
        guard let number = self.number(named: step.json["title"]?.text) else { return "no such title" }
        return perform(step, on: number)
    }

    /// The title a step means: `$2` is the second one named so far, a name is a name, nothing is the latest.
    func number(named text: String?) -> Int? {
        guard let text else { return named.last ?? titles.last?.number }
        if text.hasPrefix("$") {
            guard let place = Int(text.dropFirst()), named.indices.contains(place - 1) else { return nil }
            return named[place - 1]
        }
        return titles.last { $0.name == text }?.number
    }

    private mutating func ask(_ step: ScenarioStep) {
        let text = step.json["title"]?.text ?? "auto"
        let known = text.hasPrefix("$") ? self.number(named: text) : nil
        let number = known ?? title(for: step.wish)
        named.append(number)
        prepare(number, step.json)
        let user = ["admin": 0, "user1": 1, "user2": 2][step.json["user"]?.text ?? "user1"] ?? 1
        request(
            number, seasons: step.json["seasons"]?.elements?.compactMap(\.int),
            is4K: step.json["is_4k"]?.isTrue ?? false,
            user: user, approval: step.json["approval"]?.text.flatMap { FlowApproval(rawValue: $0) } ?? .automatic)
    }

    // What will be special about a title, said beforehand.
    private mutating func prepare(_ number: Int, _ json: JSON) {
        if json["single_episodes"]?.isTrue ?? false { splitsSeasons.insert(number) }
        if json["hold_import"]?.isTrue ?? false { holdsImports.insert(number) }
        if json["stub"]?.isTrue ?? false { staysStub.insert(number) }
        if json["hidden"]?.isTrue ?? false { hiddenFromJellyfin.insert(number) }
        if json["no_match"]?.isTrue ?? false { unmatchable.insert(number) }
        if let reasons = json["rejections"]?.elements { rejections[number] = reasons.compactMap(\.text) }
        if let message = json["block"]?.text { blocks[number] = message }
        prepareDeletion(number, json)
    }

    private mutating func perform(_ step: ScenarioStep, on number: Int) -> String? {
        let request = requests.lastIndex { $0.title == number && !$0.isDeleted }
        let download = downloads.last { entries[$0.entry].title == number && !$0.isCrossSeed }?.number
        let entry = entries.last { $0.title == number && !$0.isDeleted }?.place
        switch (step.action, request, download, entry) {
        case (.approve, let request?, _, _): approve(request)
        case (.decline, let request?, _, _): decline(request)
        case (.grab, _, _, let entry?):
            rejections[number] = nil
            search(entry, Array(title(number).units))
        case (.failDownload, _, let download?, _):
            fail(download, message: step.json["message"]?.text ?? "The download failed")
        case (.stall, _, let download?, _):
            downloads[download].enter(
                step.json["state"]?.text.flatMap { FlowTorrent.Phase(rawValue: $0) } ?? .stalled, at: now)
        case (.finish, _, let download?, _): complete(download)
        case (.block, _, _, _): blocks[number] = step.json["message"]?.text ?? "Manual Import required"
        case (.import, _, let download?, _):
            blocks[number] = nil
            holdsImports.remove(number)
            complete(download)
            agenda.add(.importing(download: download), at: now)
        case (.upgrade, _, _, let entry?):
            let had = title(number).units.filter { entries[entry].files[$0] != nil }
            grab(entry, had, quality: .bluray2160)
        case (.rename, _, _, let entry?), (.move, _, _, let entry?):
            move(entry, to: step.json["to"]?.text, renames: step.action == .rename)
        case (.match, _, _, _): matchAll(number, wanted: true)
        case (.noMatch, _, _, _): matchAll(number, wanted: false)
        case (.appear, _, _, _): appearNow(number)
        case (.delete, _, _, _): return delete(number, in: step.json["service"]?.text ?? "jellyfin", step.json)
        case (.expect, _, _, _), (.waitFor, _, _, _): return expectation(step, number)
        default: return "\(step.action.rawValue): nothing to do it to"
        }
        return nil
    }

    private mutating func matchAll(_ number: Int, wanted: Bool) {
        if wanted { unmatchable.remove(number) } else { unmatchable.insert(number) }
        for place in shokoFiles.indices where shokoFiles[place].title == number && shokoFiles[place].isAccessible {
            if !wanted { shokoFiles[place].phase = .hashing }
            shokoMatch(place)
        }
    }

    // Jellyfin has the files at once, with their ids.
    private mutating func appearNow(_ number: Int) {
        hiddenFromJellyfin.remove(number)
        staysStub.remove(number)
        for file in disk.values.filter({ $0.title == number }).sorted(by: { $0.path < $1.path }) { appear(file) }
        for slot in items.indices where items[slot].title == number && !items[slot].isGone {
            items[slot].isStub = false
            identify(slot)
        }
    }

    // The folder gets another name; a rename gives the files other names too.
    private mutating func move(_ place: Int, to name: String?, renames: Bool) {
        let entry = entries[place]
        let folder = name.map { "\($0) (\(title(entry.title).year))" } ?? "\(entry.folder) [moved]"
        entries[place].folder = folder
        var renamed: [(file: ArrFile, oldPath: String, oldRelative: String)] = []
        for (unit, file) in entry.files.sorted(by: { $0.key < $1.key }) {
            let oldPath = "\(entry.path)/\(file.relativePath)"
            var moved = file
            if renames { moved.relativePath = file.relativePath.dropLast(4) + " [renamed].mkv" }
            entries[place].files[unit] = moved
            let path = "\(entries[place].path)/\(moved.relativePath)"
            renamed.append((moved, oldPath, file.relativePath))
            relocate(oldPath, to: path)
        }
        tellRenamed(place, renamed)
    }

    private mutating func relocate(_ old: String, to path: String) {
        guard let file = disk.removeValue(forKey: old) else { return }
        disk[path] = DiskFile(
            path: path, size: file.size, created: file.created, title: file.title, unit: file.unit, entry: file.entry)
        if let place = shokoFile(at: old), let folder = Self.shokoFolder(of: path) {
            shokoFiles[place].previousPath = shokoFiles[place].relativePath
            shokoFiles[place].absolutePath = path
            shokoFiles[place].relativePath = String(path.dropFirst(folder.path.count))
            happenings.append(.moved(shokoFiles[place]))
        }
        agenda.add(.monitor(path: old), at: now + spread(delays.monitor, salt: salt(file.title, 31)))
        agenda.add(.monitor(path: path), at: now + spread(delays.monitor, salt: salt(file.title, 31)) + 1)
    }
}
