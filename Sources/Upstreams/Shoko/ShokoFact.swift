public import Media

/// What an event or a reading says about one file, before it is an observation.
struct ShokoFact {
    let fact: Observation.Fact
    let file: Int64?
    let path: String?
    /// For a match; there may be none yet, and their ids may be missing.
    let references: [ShokoFileReading.Reference]?

    func observation(instance: String, channel: Observation.Channel, at time: Timestamp) -> Observation {
        var observation = Observation(
            service: Shoko.service, instance: instance, channel: channel, fact: fact, naturalKey: naturalKey,
            observedAt: time, receivedAt: time)
        observation.keys.shokoFile = file
        observation.keys.path = path
        observation.details[.file] = file.map { String($0) }
        observation.details[.path] = path
        if let references {
            observation.keys.shokoSeries = references.lazy.compactMap(\.series).first
            observation.keys.anidb = references.lazy.compactMap(\.anidbAnime).first
            observation.details[.references] = String(references.count)
        }
        return observation
    }

    private var naturalKey: String {
        switch fact {
        case .pathChanged, .fileRemoved: file.map { "file|\($0)" } ?? "path|\(path ?? "")"
        case .fileMatched:
            (file.map { String($0) } ?? path ?? "") + "|"
                + Set((references ?? []).compactMap(\.anidbEpisode)).sorted().map { String($0) }
                .joined(separator: ",")
        default: file.map { String($0) } ?? path ?? ""
        }
    }
}

extension ShokoFileReading {
    /// What a file read by REST proves: a match where there are cross references, else that Shoko knows the file.
    ///
    /// `folders` is what `Shoko.folders` gives.
    public func observation(
        instance: String, channel: Observation.Channel = .poll, at time: Timestamp, folders: [Int64: String]
    ) -> Observation {
        let path = locations.first.map { ShokoPath.join(folders[$0.folder], $0.relativePath) }
        let isMatched = references?.isEmpty == false
        return ShokoFact(
            fact: isMatched ? .fileMatched : .fileSeen, file: id, path: path, references: isMatched ? references : nil
        ).observation(instance: instance, channel: channel, at: time)
    }
}
