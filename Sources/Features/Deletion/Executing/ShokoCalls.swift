import HTTPClient
import Media
import Shoko

/// Records of one Shoko: it drops those of all files that it cannot see, after its storage was looked at.
struct ShokoCalls: ServiceCalls {
    let shoko: Shoko
    var isGathered: Bool { true }
    var leftText: String { "Shoko still has its record" }

    private func files(_ target: Target) -> [ShokoFileID] {
        guard case .records(let work)? = target.step.work else { return [] }
        return work.files.compactMap { ShokoFileID($0) }
    }

    func look(at target: Target) async throws -> Sight {
        for file in files(target) where try await shoko.provenFile(file) != nil { return .there }
        return .gone
    }

    /// Whether Shoko can still see a file of the target: then it would keep its record.
    func isSeen(_ target: Target) async throws -> Bool {
        for file in files(target) {
            guard let reading = try await shoko.provenFile(file) else { continue }
            if reading.locations.contains(where: { $0.isAccessible == true }) { return true }
        }
        return false
    }

    /// Once for all targets: the action is global.
    func call(_ targets: [Target]) async -> [CallOutcome] {
        let expected = Set(targets.flatMap(files))
        do {
            let unsound = try await shoko.unsoundFolders(besides: expected)
            if let folder = unsound.first {
                let text = "Storage check: \(folder.name) is not there, or empty; its records would be lost."
                return targets.map { _ in .failed(text) }
            }
            let sweep = try await shoko.removeMissingFiles()
            return targets.map { _ in .done(sweep == .done ? "Missing files dropped" : "Shoko is still at it") }
        } catch {
            return targets.map { _ in .failed("Storage check: \(error)") }
        }
    }

    func isGone(_ target: Target) async throws -> Bool { try await look(at: target) == .gone }

    func nudge(_ targets: [Target]) async throws -> String? {
        guard case .done(let text)? = await call(targets).first else { return nil }
        return text
    }
}
