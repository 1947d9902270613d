import JSONStream
import Media

/// The facts in one webhook of an *arr.
struct HookFacts {
    private let root: JSONNode
    private let kind: Servarr.Kind
    private let title: HookTitle
    private let download: String?
    /// With everything that all facts of this hook share.
    private let base: Observation

    init(_ root: JSONNode, kind: Servarr.Kind, instance: String, receivedAt: Timestamp) {
        self.root = root
        self.kind = kind
        title = HookTitle(root, kind: kind)
        download = root["downloadId"].filledText?.lowercased()
        var base = Observation(
            service: kind.rawValue, instance: instance, channel: .webhook, fact: .grabbed, naturalKey: "",
            observedAt: receivedAt, receivedAt: receivedAt, keys: title.keys)
        if let download {
            base.keys.downloads = [download]
            base.details[.download] = download
        }
        if title.isAnime { base.details[.anime] = "1" }
        self.base = base
    }

    func observations(of event: String) -> [Observation] {
        if title.isSentinel { return [] }
        switch (event.lowercased(), kind) {
        case ("grab", _): return [grab()]
        case ("download", _): return imports()
        case ("manualinteractionrequired", _): return [blocked()]
        case ("movieadded", .radarr), ("seriesadd", .sonarr): return added()
        case ("rename", _): return renames()
        case ("moviefiledelete", .radarr), ("episodefiledelete", .sonarr): return removal()
        default: return []
        }
    }

    // MARK: losses

    /// What the event says went; of files, whatever the reason.
    func removals(of event: String) -> [RemovalSignal] {
        if title.isSentinel { return [] }
        let loss: RemovalSignal.Loss
        var units: [UnitNumber] = []
        switch (event.lowercased(), kind) {
        case ("moviedelete", .radarr), ("seriesdelete", .sonarr): loss = .title(deletedFiles: root["deletedFiles"].bool)
        case ("moviefiledelete", .radarr): loss = .file(.init(word: root["deleteReason"].filledText))
        case ("episodefiledelete", .sonarr):
            loss = .file(.init(word: root["deleteReason"].filledText))
            let node = root["episodeFile"].unwrapped
            units = removed(from: node, HookFile(node, of: title)).map(\.reading.number)
        default: return []
        }
        var details = Details()
        title.describe(&details)
        var keys = title.keys
        // Old versions name a deleted title by nothing but its folder.
        keys.path = title.folder
        if case .file = loss {
            keys.path = HookFile(root[kind == .radarr ? "movieFile" : "episodeFile"].unwrapped, of: title).path
        }
        return [
            RemovalSignal(
                service: base.service, instance: base.instance, loss: loss, keys: keys, units: units,
                title: details[.title], year: details[.year].flatMap { Int64($0) }, at: base.receivedAt)
        ]
    }

    // MARK: downloads

    private func grab() -> Observation {
        let release = root["release"]
        var grab = ofDownload(.grabbed, title: release["releaseTitle"].filledText, about: release)
        grab.details[.group] = release["releaseGroup"].filledText
        title.describe(&grab.details)
        return grab
    }

    private func blocked() -> Observation {
        let info = root["downloadInfo"]
        let release = info["title"].filledText ?? root["release"]["releaseTitle"].filledText
        var blocked = ofDownload(.importBlocked, title: release, about: info)
        blocked.details[.message] = StatusWords(root["downloadStatusMessages"]).joined
        return blocked
    }

    private func ofDownload(_ fact: Observation.Fact, title release: String?, about node: JSONNode) -> Observation {
        var told = base
        told.fact = fact
        told.naturalKey = download ?? release ?? ""
        told.name(HookEpisode.all(in: root))
        told.details[.release] = release
        told.details[.quality] = node.qualityName
        told.details[.indexer] = node["indexer"].filledText
        told.details[.size] = node["size"].size.map { String($0) }
        told.details[.client] = root["downloadClient"].filledText
        return told
    }

    // MARK: files

    /// Both shapes of `Download`: one file with `isUpgrade`, or Sonarr's `episodeFiles` when a whole download is in.
    private func imports() -> [Observation] {
        let listed = root["episodeFiles"].unwrapped.elements.filter { $0.kind == .object }
        let single = root[kind == .radarr ? "movieFile" : "episodeFile"].unwrapped
        let files = (single.kind == .object || listed.isEmpty ? [single] : listed).map { HookFile($0, of: title) }
        let episodes = HookEpisode.all(in: root)
        let units = PackUnits(episodes).units(of: files.map(\.names))
        return zip(files, units).map { file, episodes in
            var told = about(file, .imported)
            told.name(episodes)
            told.details[.release] = root["release"]["releaseTitle"].filledText ?? file.sceneName
            let isUpgrade = root["isUpgrade"].bool == true || !root["deletedFiles"].elements.isEmpty
            if isUpgrade { told.details[.upgrade] = "1" }
            return told
        }
    }

    private func renames() -> [Observation] {
        let files = root[kind == .radarr ? "renamedMovieFiles" : "renamedEpisodeFiles"].unwrapped.elements
        return files.map { HookFile($0, of: title) }.filter { $0.path != nil }.map { file in
            var told = about(file, .pathChanged)
            told.name(PackUnits([]).units(of: [file.names])[0])
            return told
        }
    }

    private func removal() -> [Observation] {
        let reason = root["deleteReason"].filledText?.lowercased()
        guard let fact = FileRemoval.fact(for: reason) else { return [] }
        let node = root[kind == .radarr ? "movieFile" : "episodeFile"].unwrapped
        let file = HookFile(node, of: title)
        var told = about(file, fact)
        told.name(removed(from: node, file))
        told.details[.reason] = reason
        return [told]
    }

    private func removed(from node: JSONNode, _ file: HookFile) -> [HookEpisode] {
        let episodes = HookEpisode.all(in: root)
        return PackUnits(episodes.isEmpty ? HookEpisode.all(in: node) : episodes).units(of: [file.names])[0]
    }

    private func about(_ file: HookFile, _ fact: Observation.Fact) -> Observation {
        var told = base
        told.fact = fact
        told.naturalKey = FileKey.naturalKey(id: file.id, path: file.path)
        told.keys.path = file.path
        told.details[.path] = file.path
        told.details[.file] = file.id.map { String($0) }
        told.details[.quality] = file.quality
        told.details[.size] = file.size.map { String($0) }
        return told
    }

    // MARK: titles

    private func added() -> [Observation] {
        guard let id = title.keys.arrTitle else { return [] }
        var told = base
        told.fact = .inArr
        told.naturalKey = String(id)
        told.details[.path] = title.folder
        title.describe(&told.details)
        return [told]
    }
}

extension Observation {
    /// Says which episodes it is about.
    fileprivate mutating func name(_ listed: [HookEpisode]) {
        units = listed.map(\.reading.number)
        episodes = listed.map(\.reading)
    }
}
