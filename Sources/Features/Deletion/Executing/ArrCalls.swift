import HTTPClient
import Media
import Servarr

/// Titles of one Radarr or Sonarr, and parts of series.
struct ArrCalls: ServiceCalls {
    let arr: Servarr
    var leftText: String { "\(arr.kind == .radarr ? "Radarr" : "Sonarr") still has it" }

    func look(at target: Target) async throws -> Sight {
        guard let (id, native) = Self.title(target) else { return .changed("The target is no title.") }
        guard let entry = try await arr.entry(id) else { return .gone }
        guard (arr.kind == .radarr ? entry.tmdb : entry.tvdb) == native else {
            return .changed("Number \(id) is another title now: \(entry.title).")
        }
        if case .part(let work)? = target.step.work {
            return try await isDone(work, id) ? .gone : .there
        }
        return .there
    }

    private static func title(_ target: Target) -> (ArrTitleID, Int64)? {
        switch target.step.work {
        case .title(let work): ArrTitleID(work.id).map { ($0, work.native) }
        case .part(let work): ArrTitleID(work.id).map { ($0, work.native) }
        default: nil
        }
    }

    func call(_ targets: [Target]) async -> [CallOutcome] {
        var outcomes: [CallOutcome] = []
        for target in targets {
            do {
                outcomes.append(.done(try await call(target)))
            } catch let error as UpstreamError where error.reason == .status(409) {
                outcomes.append(.failed("The root folder is missing or empty there: \(error)"))
            } catch {
                outcomes.append(.failed("\(error)"))
            }
        }
        return outcomes
    }

    private func call(_ target: Target) async throws -> String? {
        guard let (id, _) = Self.title(target) else { throw NoSuchTarget() }
        switch target.step.work {
        case .title(let work):
            for file in work.filesFirst.compactMap({ ArrFileID($0) }) { _ = try await arr.deleteFile(file) }
            let removal = try await arr.deleteTitle(id, withFiles: work.withFiles, excluding: work.excluding)
            if removal == .alreadyGone { return "Already gone" }
            return work.withFiles || !work.filesFirst.isEmpty ? "Removed with files" : "Removed, files kept"
        case .part(let work):
            if !work.seasons.isEmpty {
                for season in work.seasons { try await arr.monitor(season: season, of: id, false) }
            }
            if !work.episodes.isEmpty { try await arr.monitor(episodes: work.episodes, false) }
            var failures: [String] = []
            var deleted = 0
            for file in work.files.compactMap({ ArrFileID($0) }) {
                do {
                    _ = try await arr.deleteFile(file)
                    deleted += 1
                } catch {
                    failures.append("file \(file): \(error)")
                }
            }
            if let first = failures.first {
                throw PartlyDone(text: "Deleted \(deleted) of \(work.files.count) files; \(first)", all: failures)
            }
            return "Deleted \(deleted) of \(work.files.count) files"
        default: throw NoSuchTarget()
        }
    }

    /// Gone is a title that is not there by its own number, nor found by that number under its provider's.
    func isGone(_ target: Target) async throws -> Bool {
        guard let (id, native) = Self.title(target) else { return false }
        if case .part(let work)? = target.step.work { return try await isDone(work, id) }
        guard try await arr.entry(id) == nil else { return false }
        let found =
            arr.kind == .radarr ? try await arr.entries(tmdb: native) : try await arr.entries(tvdb: native)
        return !found.contains { $0.id == id }
    }

    /// Whether of a part nothing is left to do: the files are gone and nothing of it is watched.
    private func isDone(_ work: SeriesPartWork, _ id: ArrTitleID) async throws -> Bool {
        if !work.files.isEmpty {
            let left = Set(try await arr.titleFiles(of: id).map(\.id.value))
            if work.files.contains(where: left.contains) { return false }
        }
        let watched = Set(work.episodes)
        guard !watched.isEmpty else { return true }
        return try await !arr.episodes(of: id.value).contains { episode in
            episode.monitored == true && episode.sonarrID.map(watched.contains) == true
        }
    }
}

/// A plan named a target of another kind.
struct NoSuchTarget: Error, CustomStringConvertible {
    var description: String { "The plan names no such target." }
}

/// Some of it was done.
struct PartlyDone: Error, CustomStringConvertible {
    var text: String
    var all: [String]
    var description: String { text }
}
