public import Administration
import HTTPClient
import Media
import Settings
import Synchronization

/// What the Settings routes work with.
public struct SettingsOffice: Sendable {
    let desk: SettingsDesk
    let probe: ServiceProbe
    let installer: HookInstaller
    let gate: TestGate
    /// The version of this program.
    let version: String
    /// Puts saved settings into force; returns when later requests see them.
    let whenSaved: @Sendable () async -> Void

    public init(
        desk: SettingsDesk, probe: ServiceProbe, installer: HookInstaller, gate: TestGate, version: String,
        whenSaved: @escaping @Sendable () async -> Void
    ) {
        self.desk = desk
        self.probe = probe
        self.installer = installer
        self.gate = gate
        self.version = version
        self.whenSaved = whenSaved
    }
}

/// At most ten tests of services a minute, whoever asks: a stolen session makes no port scanner (security.md §9).
public final class TestGate: Sendable {
    private struct State {
        var asked: [Timestamp] = []
        /// What passed, and when: it need not be tried again to be saved.
        var passed: [Int: Timestamp] = [:]
    }

    private let state = Mutex(State())

    public init() {}

    /// - Returns: how many whole seconds to wait; nil lets the test through.
    func wait(at now: Timestamp) -> Int64? {
        state.withLock { state in
            state.asked.removeAll { $0.advanced(by: .seconds(60)) <= now }
            guard state.asked.count >= 10, let first = state.asked.first else {
                state.asked.append(now)
                return nil
            }
            return (first.advanced(by: .seconds(60)).milliseconds - now.milliseconds + 999) / 1_000
        }
    }

    func remember(_ instance: ServiceInstance, at now: Timestamp) {
        state.withLock { state in
            state.passed = state.passed.filter { $0.value.advanced(by: .seconds(600)) > now }
            state.passed[Self.mark(instance)] = now
        }
    }

    /// Whether exactly this address with these credentials passed within ten minutes.
    func hasPassed(_ instance: ServiceInstance, at now: Timestamp) -> Bool {
        state.withLock { $0.passed[Self.mark(instance)].map { $0.advanced(by: .seconds(600)) > now } ?? false }
    }

    private static func mark(_ instance: ServiceInstance) -> Int {
        var hasher = Hasher()
        hasher.combine(instance.service)
        hasher.combine(instance.url.text)
        hasher.combine(instance.credentials)
        return hasher.finalize()
    }
}
