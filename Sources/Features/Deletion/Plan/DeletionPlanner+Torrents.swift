import Media
import Store

extension DeletionPlanner {
    /// The torrents that brought the title, with what becomes of each (deletion.md §5).
    func planTorrents(into item: inout DeletionItem) {
        if facts.clients.isEmpty { return }
        let known = hashes
        let unknownHistory = facts.arrs.compactMap(\.hashes.failure).first
        if mode == .disabled {
            for client in facts.clients {
                item.steps.append(
                    PlannedStep(.qbittorrent, client.instance, status: known.isEmpty ? .notNeeded : .pending))
            }
            return
        }
        for client in facts.clients {
            guard let torrents = client.torrents.value else {
                planUnreachable(client, known, into: &item)
                continue
            }
            let own = torrents.filter { torrent in
                torrent.hashes.contains { known.contains($0.listed) } || holdsOwnFile(torrent, client.instance)
            }
            if own.isEmpty {
                if let unknownHistory, known.isEmpty {
                    item.steps.append(
                        PlannedStep(.qbittorrent, client.instance, status: .failed, error: unknownHistory))
                } else {
                    let text = known.isEmpty ? "No torrent of it is known" : "No longer in the client"
                    item.steps.append(PlannedStep(.qbittorrent, client.instance, status: .notNeeded, details: text))
                    if known.isEmpty && options.deletesFiles {
                        item.warnings.append(
                            DeletionWarning(
                                "torrent_unknown", "No torrent of it is known; one may still seed its files."))
                    }
                }
            }
            for torrent in own { item.steps.append(step(for: torrent, in: client.instance, torrents, &item)) }
        }
    }

    /// What goes by these hashes, as clients list them.
    private var hashes: Set<String> {
        var all = Set(rows.flatMap(\.hashes).map(\.listed))
        for arr in facts.arrs {
            for hash in (arr.hashes.value ?? [:]).keys { all.insert(hash.listed) }
        }
        return all
    }

    private func planUnreachable(_ client: ClientFacts, _ known: Set<String>, into item: inout DeletionItem) {
        // Nothing would be called: whether the client answers does not matter.
        if options.torrents == .keep || (!options.deletesFiles && options.torrents == .auto) {
            item.steps.append(PlannedStep(.qbittorrent, client.instance, status: .skipped, details: keptWords))
            return
        }
        item.steps.append(
            PlannedStep(.qbittorrent, client.instance, status: .failed, error: client.torrents.failure))
    }

    private var keptWords: String { options.torrents == .keep ? "Kept as asked" : "Files retained" }

    private func holdsOwnFile(_ torrent: TorrentHolding, _ instance: String) -> Bool {
        guard let content = torrent.contentPath else { return false }
        let path = PathKey.normal(commonPath(content, DeletionService.qbittorrent.rawValue, instance))
        return rows.flatMap(\.paths).contains { $0 == path || $0.hasPrefix(path + "/") }
    }

    private func step(
        for torrent: TorrentHolding, in instance: String, _ all: [TorrentHolding], _ item: inout DeletionItem
    ) -> PlannedStep {
        var step = PlannedStep(
            .qbittorrent, instance, "torrent:\(torrent.hash.listed)", name: torrent.name, status: .skipped)
        if !options.deletesFiles && !torrent.isComplete {
            item.warnings.append(
                DeletionWarning("torrent_downloading", "\(torrent.name) is still downloading."))
        }
        switch options.torrents {
        case .keep:
            step.details = keptWords
            return step
        case .auto where !options.deletesFiles:
            step.details = keptWords
            return step
        case .auto, .remove: break
        }
        if let others = outsiders(torrent) {
            step.details = "Shared with \(others)"
            return step
        }
        if options.torrents == .auto && torrent.owesSeeding {
            step.details = "Seeding goal not reached"
            return step
        }
        let hasTwin = all.contains { other in
            other.hash != torrent.hash && other.contentPath != nil && other.contentPath == torrent.contentPath
                && !isOwn(other)
        }
        step.status = .pending
        step.details = hasTwin ? "Data kept: another torrent holds the same files" : nil
        step.work = .torrent(hash: torrent.hash.listed, withFiles: options.deletesFiles && !hasTwin)
        return step
    }

    private func isOwn(_ torrent: TorrentHolding) -> Bool {
        torrent.hashes.contains { hashes.contains($0.listed) }
    }

    /// Who else needs the torrent: titles of other rows, or episodes that stay; nil for nobody.
    private func outsiders(_ torrent: TorrentHolding) -> String? {
        var names: [String] = []
        for row in rows {
            for hash in torrent.hashes { names += row.sharers[hash] ?? [] }
        }
        if case .part(let scope) = coverage {
            for arr in facts.arrs {
                let grabbed = torrent.hashes.compactMap { (arr.hashes.value ?? [:])[$0] }.reduce(into: Set<Int64>()) {
                    $0.formUnion($1)
                }
                let episodes = arr.episodes.value ?? []
                let staying = episodes.filter { episode in
                    episode.sonarrID.map(grabbed.contains) == true && !scope.contains(episode.number)
                }
                if !staying.isEmpty { names.append("\(staying.count) episodes that stay") }
                // What it was grabbed for is not told: a pack may hold more than goes.
                if grabbed.isEmpty && !torrent.hashes.allSatisfy({ (arr.hashes.value ?? [:])[$0] == nil }) {
                    names.append("other episodes, perhaps")
                }
            }
        }
        let distinct = Array(Set(names)).sorted()
        return distinct.isEmpty ? nil : distinct.joined(separator: ", ")
    }
}
