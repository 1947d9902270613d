public import HTTPClient
import Jellyfin
import Seerr
import Servarr
import Settings

/// Sets Marquee's webhook in Sonarr, Radarr, Seerr and Jellyfin's plugin (web.md §3, Webhooks).
///
/// A foreign entry is never replaced. Whoever asks sees the change first; then the service's own test must arrive.
public struct HookInstaller: Sendable {
    /// Makes the secret, and knows whether it has been heard.
    public struct Ear: Sendable {
        /// Called once, when it is sure that something will be saved.
        let makeSecret: @Sendable () async throws -> String
        let hasHeard: @Sendable (String) async throws -> Bool

        public init(
            makeSecret: @escaping @Sendable () async throws -> String,
            hasHeard: @escaping @Sendable (String) async throws -> Bool
        ) {
            self.makeSecret = makeSecret
            self.hasHeard = hasHeard
        }
    }

    private let transport: any HTTPTransport
    private let sleep: @Sendable (Duration) async throws -> Void

    /// - Parameters:
    ///   - transport: what calls the services.
    ///   - sleep: waits between two looks for the test.
    public init(
        _ transport: any HTTPTransport,
        sleep: @escaping @Sendable (Duration) async throws -> Void = { try await Task.sleep(for: $0) }
    ) {
        self.transport = transport
        self.sleep = sleep
    }

    /// Says what installing would change; nothing is changed.
    public func plan(_ order: HookOrder) async -> HookInstallation {
        do {
            return try await seat(for: order).plan
        } catch {
            return refused(error, order)
        }
    }

    /// Saves the webhook with a new secret, has the service test it, and waits up to 15 s for that test.
    ///
    /// - Throws: what the ear throws; the service's errors are told in the result.
    public func install(_ order: HookOrder, _ ear: Ear) async throws -> HookInstallation {
        let seat: HookSeat
        do throws(UpstreamError) {
            seat = try await self.seat(for: order)
        } catch {
            return refused(error, order)
        }
        guard seat.plan.result == .planned else { return seat.plan }
        let secret = try await ear.makeSecret()
        do throws(UpstreamError) {
            try await seat.save(secret)
        } catch {
            return refused(error, order)
        }
        var done = seat.plan
        done.result = seat.isOurs ? .updated : .installed
        do throws(UpstreamError) {
            // Saving in an *arr was its test.
            if try await !ear.hasHeardSafely(secret), try await !seat.test(secret) {
                done.sentence =
                    "The webhook is saved. This version of the plugin has no test, so the first title that \(order.title) "
                    + "adds will show whether it arrives."
                return done
            }
        } catch {
            done.sentence = untested(order, "could not deliver its test to \(order.url)")
            return done
        }
        done.isTested = try await hears(secret, ear)
        let title = order.title
        done.sentence =
            done.isTested
            ? "\(title) sends its webhooks to Marquee: its own test arrived with the new secret."
            : untested(order, "says it sent its test, but Marquee heard none in 15 s at \(order.url)")
        return done
    }

    private func hears(_ secret: String, _ ear: Ear) async throws -> Bool {
        for _ in 0..<60 {
            if try await ear.hasHeard(secret) { return true }
            try await sleep(.milliseconds(250))
        }
        return try await ear.hasHeard(secret)
    }

    private func untested(_ order: HookOrder, _ what: String) -> String {
        "The webhook is saved, but \(order.title) \(what). Check that it reaches Marquee at this address "
            + "(in a container, localhost is the container itself), and install once more with an address it reaches."
    }

    // MARK: The services

    private func seat(for order: HookOrder) async throws(UpstreamError) -> HookSeat {
        let one = order.instance
        switch one.service {
        case .radarr, .sonarr:
            let client = Servarr(
                one.service == .radarr ? .radarr : .sonarr, instance: one.instance, base: one.url, key: one.apiKey,
                transport: transport)
            return HookSeat(order, client, try await client.hookSlot(for: order.url))
        case .jellyseerr:
            let client = Seerr(instance: one.instance, base: one.url, key: one.apiKey, transport: transport)
            return HookSeat(order, client, try await client.hookSlot(ours: order.urls))
        case .jellyfin:
            let client = Jellyfin(instance: one.instance, base: one.url, key: one.apiKey, transport: transport)
            return HookSeat(order, client, try await client.hookSlot(ours: order.urls))
        case .qbittorrent, .shoko:
            return HookSeat(
                plan: HookInstallation(
                    .refused,
                    sentence: "Marquee cannot install the webhook of \(one.service.title): paste its address there."))
        }
    }

    private func refused(_ error: UpstreamError, _ order: HookOrder) -> HookInstallation {
        let one = order.instance
        guard case .status(400) = error.reason else {
            return HookInstallation(.refused, sentence: ServiceProbe.sentence(error, one))
        }
        let said = error.cause.map { " It says: \($0)" } ?? ""
        return HookInstallation(
            .refused,
            sentence: "\(order.title) did not save the webhook, because its test did not get through to "
                + "\(order.url): enter an address of Marquee that it reaches (in a container, localhost is the "
                + "container itself).\(said)")
    }
}

extension HookInstaller.Ear {
    /// Unknown is not heard: the test is sent then.
    fileprivate func hasHeardSafely(_ secret: String) async throws(UpstreamError) -> Bool {
        (try? await hasHeard(secret)) ?? false
    }
}
