import API
import Administration
import Changes
import Glibc
import HTTPClient
import JSONStream
import Lifecycle
import Media
import Observability
import Settings
import Store
import Tracking

/// Looks after every service instance, the database and the disk, twice a minute.
struct HealthChecks: Service {
    let name = "health"
    private let work: Composition
    private let clock: any Clock<Duration>
    private let guardian = RepeatGuard()

    /// Below this many free bytes Marquee is not ready (operations.md §2).
    static let leastFreeBytes: UInt64 = 200 << 20

    init(_ work: Composition, clock: any Clock<Duration> = ContinuousClock()) {
        self.work = work
        self.clock = clock
    }

    func run(until shutdown: ShutdownSignal) async throws {
        while !shutdown.isTriggered {
            await checkAll()
            await shutdown.wait(atMost: .seconds(25), clock: clock)
        }
    }

    private func checkAll() async {
        work.resources.board.setUnready(await unreadiness())
        _ = await mapBounded(work.configuration.instances, width: 4) { await check($0) }
    }

    private func check(_ instance: ServiceInstance) async {
        var entry = HealthBoard.Entry(service: instance.service.rawValue, instance: instance.instance)
        let start = ContinuousClock.now
        do {
            if let known = try await lastReading(of: instance) {
                guard known.isRead else { return }
                entry.version = known.version
            } else {
                let reading = ClockReading(work.resources.transport, now: Application.now)
                let answer = try await ServiceProbe(reading).identify(instance)
                entry.application = answer.application
                entry.version = answer.version
                entry.clockSkew = reading.skew
            }
            entry.isReachable = true
            entry.isSupported = entry.version.map { SupportedVersions.covers(instance.service, $0) }
            entry.latencyMillis = Int64((ContinuousClock.now - start) / .milliseconds(1))
            _ = guardian.clear(instance.displayName)
        } catch {
            entry.isReachable = false
            entry.error = "\(error)"
            entry.remedy = UpstreamRemedy.of(error, instance)
            work.resources.log.warn(
                "upstream_unreachable", "\(instance.displayName) does not answer: \(error)",
                ["service": .string(instance.service.rawValue), "instance": .string(instance.instance)],
                once: guardian, key: instance.displayName)
        }
        entry.lastPolled = Application.now()
        let hasChanged = work.resources.board.update(entry)
        work.resources.store.changes.publish([Change(id: nil, topic: .health, data: Self.news(entry, hasChanged))])
    }

    /// Every look is told, because the Status page says when it was; only that page is sent those without a change.
    private static func news(_ entry: HealthBoard.Entry, _ hasChanged: Bool) -> String {
        var json = JSONWriter()
        json.object { json in
            json.field("service", entry.service)
            json.field("instance", entry.instance)
            json.field("reachable", entry.isReachable)
            json.field("changed", hasChanged)
        }
        return String(decoding: json.bytes, as: UTF8.self)
    }

    /// What the readers know of a service that counts logins: asking it apart would end in a ban.
    ///
    /// nil for services that may be asked at any time; not read yet is neither reachable nor not.
    private func lastReading(of instance: ServiceInstance) async throws -> (isRead: Bool, version: String?)? {
        guard instance.service == .qbittorrent || instance.service == .shoko else { return nil }
        if let outage = work.tracking.reach.outages[instance.displayName] {
            throw SilentUpstream(description: outage.reason)
        }
        let isRead = work.tracking.reach.lastReads[instance.displayName] != nil
        return (
            isRead,
            isRead ? try? await work.tracking.version(of: instance.service.rawValue, instance.instance) : nil
        )
    }

    /// One word for why requests should go elsewhere; nil when all is well.
    private func unreadiness() async -> String? {
        work.resources.board.setFreeBytes(Int64(clamping: freeBytes))
        if freeBytes < Self.leastFreeBytes { return HealthBoard.diskFull }
        do {
            try await work.resources.store.proveWritable()
            return nil
        } catch {
            return "database"
        }
    }

    private var freeBytes: UInt64 {
        var info = statvfs()
        guard unsafe statvfs(work.configuration.dataDirectory, &info) == 0 else { return .max }
        return UInt64(info.f_bavail) * UInt64(info.f_frsize)
    }
}

/// A service that its reader could not read, and why.
private struct SilentUpstream: Error, CustomStringConvertible {
    let description: String
}
