import Administration
import Database
import Glibc
import HTTPClient
import Observability
import Settings
import Store

/// Examines everything that must hold before Marquee can do its work (operations.md §1).
struct Doctor: Sendable {
    enum Outcome: String, Sendable {
        case ok, warn, fail
    }

    /// One line: what was looked at, what was found, and what to do.
    struct Check: Sendable {
        var outcome: Outcome
        var name: String
        var sentence: String
        var fix: String?
        var isUpstream = false

        var text: String { sentence + (fix.map { " Fix: \($0)" } ?? "") }
    }

    private let configuration: Configuration

    init(_ configuration: Configuration) { self.configuration = configuration }

    func examine() async -> [Check] {
        var checks = settings() + directories()
        checks += await database()
        checks += await services()
        return checks
    }

    private func settings() -> [Check] {
        let warnings = configuration.warnings.map { Check(outcome: .warn, name: "configuration", sentence: $0) }
        let set = configuration.sources.filter { "\($0.source)" != "default" }.map {
            "\($0.name) (\($0.source): \($0.display))"
        }
        let sentence = set.isEmpty ? "Every setting has its default." : "Set: \(set.joined(separator: ", "))."
        return [Check(outcome: .ok, name: "configuration", sentence: sentence)] + warnings
    }

    private func directories() -> [Check] {
        let path = configuration.dataDirectory
        guard unsafe access(path, F_OK) == 0 else {
            return [Check(outcome: .ok, name: "data directory", sentence: "\(path) will be made at the first start.")]
        }
        guard unsafe access(path, W_OK) == 0 else {
            return [
                Check(
                    outcome: .fail, name: "data directory", sentence: "\(path) is not writable.",
                    fix: "chown -R \(getuid()):\(getgid()) \(path)")
            ]
        }
        var info = statvfs()
        guard unsafe statvfs(path, &info) == 0 else { return [] }
        let free = UInt64(info.f_bavail) * UInt64(info.f_frsize) >> 20
        let isEnough = free >= 200
        return [
            Check(
                outcome: isEnough ? .ok : .fail, name: "disk", sentence: "\(free) MiB free in \(path).",
                fix: isEnough ? nil : "free at least 200 MiB; below that Marquee accepts nothing")
        ]
    }

    private func database() async -> [Check] {
        do {
            let location = try DatabaseLocation(url: configuration.databaseURL.text)
            if case .sqlite(let path) = location, unsafe access(path, F_OK) != 0 {
                return [Check(outcome: .ok, name: "database", sentence: "\(path) will be made at the first start.")]
            }
            let database = try await Database.open(location)
            let problems = try await database.integrityCheck()
            let applied = try await database.appliedMigrations()
            await database.close()
            if !problems.isEmpty {
                return [
                    Check(
                        outcome: .fail, name: "database",
                        sentence: "It is damaged: \(problems.prefix(3).joined(separator: "; ")).",
                        fix: "marquee backup restore")
                ]
            }
            let known = Set(Schema.migrations.map(\.id))
            guard applied.allSatisfy(known.contains) else {
                return [
                    Check(
                        outcome: .fail, name: "database", sentence: "It was written by a newer Marquee.",
                        fix: "install that version again, or restore a backup")
                ]
            }
            let waiting = known.count - applied.count
            return [
                Check(
                    outcome: .ok, name: "database",
                    sentence: "\(location): sound, schema \(applied.count)"
                        + (waiting > 0 ? ", \(waiting) steps to migrate." : "."))
            ]
        } catch {
            return [Check(outcome: .fail, name: "database", sentence: "\(error)")]
        }
    }

    private func services() async -> [Check] {
        var checks: [Check] = []
        if configuration.jellyfin.isEmpty {
            checks.append(
                Check(
                    outcome: .warn, name: "jellyfin", sentence: "No Jellyfin is configured, so nothing can be synced.",
                    fix: "set JELLYFIN_URL and JELLYFIN_API_KEY"))
        }
        let transport = Upstreams.transport(
            Metrics(), OutboundRules(denied: configuration.network.outboundDeny))
        for instance in configuration.instances { checks.append(await check(instance, transport)) }
        return checks
    }

    private func check(_ instance: ServiceInstance, _ transport: any HTTPTransport) async -> Check {
        let name = instance.displayName
        let start = ContinuousClock.now
        do {
            let found = try await ServiceProbe(transport).identify(instance)
            let millis = Int((ContinuousClock.now - start) / .milliseconds(1))
            let isSupported = SupportedVersions.covers(instance.service, found.version)
            return Check(
                outcome: isSupported ? .ok : .warn, name: name,
                sentence:
                    "\(found.application) \(found.version ?? "of unknown version") answers in \(millis) ms at \(instance.url)."
                    + (isSupported ? "" : " This version is not one Marquee was tested with."), isUpstream: true)
        } catch {
            return Check(
                outcome: .fail, name: name, sentence: "\(error).", fix: UpstreamRemedy.of(error, instance)?.text,
                isUpstream: true)
        }
    }
}
