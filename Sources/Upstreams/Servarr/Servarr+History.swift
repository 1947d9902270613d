import HTTPClient
import JSONStream
public import Media

extension Servarr {
    /// Records of one event are written within moments; a later one with the same key is another event.
    private static let oneEvent: Int64 = 60_000

    /// Reads what happened since a time, oldest first, as the facts the webhooks tell, under the same keys.
    ///
    /// The program writes one record per episode; those of one event come as one observation.
    /// - Parameters:
    ///   - since: by our clock.
    ///   - receivedAt: when the read began, by our clock; no fact is dated later.
    ///   - ahead: how far the program's clock is ahead of ours (`ServarrStatus.serverTime`).
    /// - Returns: facts as the webhooks give them, of channel `poll`.
    /// - Throws: `UpstreamError` unless the whole answer came.
    public func history(
        since: Timestamp, receivedAt: Timestamp, ahead: Duration = .zero
    ) async throws -> [Observation] {
        var query = [("date", since.advanced(by: ahead).rfc3339)]
        query += kind == .radarr ? [("includeMovie", "true")] : [("includeSeries", "true"), ("includeEpisode", "true")]
        var records = RecordStream(shape: HistoryReader.shape(of: kind), arrayKey: nil)
        let reader = HistoryReader(kind: kind, instance: instance, receivedAt: receivedAt, ahead: ahead)
        var told: [Observation] = []
        var latest: [EventKey: Int] = [:]
        let call = request("history", "since", query: query, timeout: .seconds(120))
        try await transport.records(of: call, &records) { record in
            // A program that ignores the date gives everything; that costs only time.
            guard let next = reader.read(record), next.observedAt >= since else { return }
            let key = EventKey(fact: next.fact, naturalKey: next.naturalKey)
            if let index = latest[key],
                abs(told[index].observedAt.milliseconds - next.observedAt.milliseconds) <= Self.oneEvent
            {
                return told[index].include(next)
            }
            latest[key] = told.count
            told.append(next)
        }
        return told
    }
}

private struct EventKey: Hashable {
    var fact: Observation.Fact
    var naturalKey: String
}

extension Observation {
    /// Takes the episode of another record of the same event.
    fileprivate mutating func include(_ other: Observation) {
        observedAt = min(observedAt, other.observedAt)
        for (unit, episode) in zip(other.units, other.episodes) where !units.contains(unit) {
            units.append(unit)
            episodes.append(episode)
        }
    }
}
