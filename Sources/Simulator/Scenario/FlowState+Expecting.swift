// What a scenario expects of a service.
extension FlowState {
    /// What is otherwise than a step expects, in words; nil when all is as it should be.
    func expectation(_ step: ScenarioStep, _ number: Int) -> String? {
        let service = step.json["service"]?.text ?? ""
        let wanted = step.json["state"]?.text ?? ""
        let found = states(of: number, in: service)
        return found.contains(wanted)
            ? nil
            : "\(service) shows \(found.isEmpty ? "nothing" : found.sorted().joined(separator: ", ")), not \(wanted)"
    }

    /// The words that are true of a title in a service.
    func states(of number: Int, in service: String) -> Set<String> {
        switch service {
        case "seerr": return seerrStates(number)
        case "qbittorrent":
            let own = downloads.filter { entries[$0.entry].title == number && $0.isInClient }
            return own.isEmpty ? ["absent"] : Set(own.map(\.phase.rawValue)).union(["present"])
        case "shoko":
            let own = shokoFiles.filter { $0.title == number && $0.isAccessible }
            return own.isEmpty ? ["absent"] : Set(own.map(\.phase.rawValue)).union(["present"])
        case "jellyfin": return jellyfinStates(number)
        default: return arrStates(number, service)
        }
    }

    private func seerrStates(_ number: Int) -> Set<String> {
        guard let request = requests.last(where: { $0.title == number && !$0.isDeleted }) else { return ["absent"] }
        var words: Set<String> = ["present", "\(request.status)"]
        switch mediaStatus(number, request.is4K) {
        case .available: words.insert("available")
        case .partial: words.insert("partially_available")
        default: break
        }
        return words
    }

    private func jellyfinStates(_ number: Int) -> Set<String> {
        let own = items.filter {
            $0.title == number && !$0.isGone && !$0.isVirtual && ($0.kind == .film || $0.kind == .episode)
        }
        guard !own.isEmpty else { return ["absent"] }
        var words: Set<String> = own.contains { $0.isStub } ? ["stub"] : []
        let playable = title(number).units.filter { unit in
            isPlayable(number, unit, is4K: false) || isPlayable(number, unit, is4K: true)
        }
        if !playable.isEmpty { words.insert("present") }
        if playable.count == title(number).units.count { words.insert("complete") }
        return words.isEmpty ? ["without_ids"] : words
    }

    private func arrStates(_ number: Int, _ service: String) -> Set<String> {
        guard let entry = entries.last(where: { $0.title == number && $0.service == service && !$0.isDeleted }) else {
            return ["absent"]
        }
        var words: Set<String> = ["present"]
        let own = downloads.filter { $0.entry == entry.place }
        if !own.isEmpty { words.insert("grabbed") }
        for download in own where download.isInQueue { words.insert(download.state.rawValue) }
        if !entry.files.isEmpty { words.insert("imported") }
        if entry.files.count == title(number).units.count { words.insert("complete") }
        return words
    }
}
