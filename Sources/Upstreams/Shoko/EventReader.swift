import Media

/// Turns one event into facts.
struct EventReader {
    private let kind: ShokoEvent.Kind
    private let body: EventBody
    private let instance: String
    private let receivedAt: Timestamp
    private let folders: [Int64: String]

    init(
        _ kind: ShokoEvent.Kind, _ body: EventBody, _ instance: String, _ receivedAt: Timestamp,
        _ folders: [Int64: String]
    ) {
        self.kind = kind
        self.body = body
        self.instance = instance
        self.receivedAt = receivedAt
        self.folders = folders
    }

    func read() -> ShokoEvent {
        var event = ShokoEvent()
        if kind == .metadata {
            event.hastensCheck = body.reason?.value?.lowercased() == "added"
            return event
        }
        guard body.file?.value != nil || path != nil else { return event }
        if let folder, folders[folder] == nil { event.unknownFolder = folder }
        switch kind {
        case .seen: event.observations = [fact(.fileSeen)]
        case .matched: event.observations = [fact(.fileMatched)]
        case .notMatched where body.hasReferences?.value != true: event.observations = [fact(.fileUnmatched)]
        case .searched where isFruitless: event.unconfirmed = [fact(.fileUnmatched)]
        case .moved: event.observations = [fact(.pathChanged)]
        case .removed: event.observations = [fact(.fileRemoved)]
        case .notMatched, .searched, .metadata: break
        }
        return event
    }

    /// `IsSaved` says nothing: it is true even where nothing was found.
    private var isFruitless: Bool {
        body.provider == nil && body.releaseInfo == nil && body.isCancelled?.value != true && body.file?.value != nil
    }

    private func fact(_ fact: Observation.Fact) -> Observation {
        let file = ShokoFact(
            fact: fact, file: body.file?.value, path: path,
            references: fact == .fileMatched ? references : nil)
        var observation = file.observation(instance: instance, channel: .stream, at: receivedAt)
        if fact == .fileUnmatched {
            observation.details[.attempts] = body.attempts?.value.map { String($0) }
            observation.details[.banned] = body.isBanned?.value == true ? "1" : nil
            observation.details[.message] = body.exception?.value.map { String($0.prefix(300)) }
        }
        return observation
    }

    private var folder: Int64? { body.managedFolder?.value ?? body.importFolder?.value }

    /// The file's path now; after a rename the old name is replaced where the event still tells it.
    private var path: String? {
        guard var relative = body.relativePath?.value, !relative.isEmpty else { return nil }
        if let old = body.previousFileName?.value, let new = body.fileName?.value, !old.isEmpty, !new.isEmpty,
            relative.hasSuffix(old)
        {
            relative = relative.dropLast(old.count) + new
        }
        return ShokoPath.join(folder.flatMap { folders[$0] }, relative)
    }

    private var references: [ShokoFileReading.Reference] {
        let list = body.references?.value ?? body.release?.value?.references?.value
        return (list?.items ?? []).map {
            ShokoFileReading.Reference(
                anidbAnime: $0.anidbAnime?.value, anidbEpisode: $0.anidbEpisode?.value, series: $0.series?.value,
                episode: $0.episode?.value)
        }
    }
}
