import Synchronization

/// Every call the services answered: what tests count.
///
/// Parameter names only, never values.
final class CallLog: Sendable {
    struct Entry: Sendable {
        let number: Int
        let service: String
        let method: String
        let path: String
        let parameters: [String]
        let status: Int
        let milliseconds: Int
    }

    private struct State {
        var entries: [Entry] = []
        var last = 0
        var counts: [String: Int] = [:]
    }

    private let state = Mutex(State())
    /// The log forgets the oldest half beyond this; the counts stay.
    private static let most = 20_000

    /// Notes an answered call; status 0 is a connection closed without an answer.
    func note(service: String, call: Call, status: Int, milliseconds: Int) {
        var seen: Set<String> = []
        let names = call.query.map(\.name).filter { seen.insert($0).inserted }
        state.withLock {
            $0.last += 1
            $0.entries.append(
                Entry(
                    number: $0.last, service: service, method: call.method, path: call.path, parameters: names,
                    status: status, milliseconds: milliseconds))
            $0.counts["\(service) \(call.method) \(Self.route(call.segments))", default: 0] += 1
            if $0.entries.count > Self.most { $0.entries.removeFirst(Self.most / 2) }
        }
    }

    /// Forgets everything but the numbering.
    func reset() {
        state.withLock {
            $0.entries = []
            $0.counts = [:]
        }
    }

    /// The number of the last call.
    var last: Int { state.withLock { $0.last } }

    /// The calls after `since`, of one service or all, and how often each route was called among them.
    func json(service: String?, since: Int) -> JSON {
        let (entries, last, all) = state.withLock { ($0.entries, $0.last, $0.counts) }
        let chosen = entries.filter { $0.number > since && (service == nil || $0.service == service) }
        var counts: [String: Int] = [:]
        if since == 0 {
            counts = all.filter { service == nil || $0.key.hasPrefix("\(service ?? "") ") }
        } else {
            for entry in chosen {
                let segments = entry.path.split(separator: "/").map(String.init)
                counts["\(entry.service) \(entry.method) \(Self.route(segments))", default: 0] += 1
            }
        }
        return [
            "last": .integer(last),
            "counts": .object(
                counts.sorted { $0.key < $1.key }.map { JSON.Member(name: $0.key, value: .integer($0.value)) }),
            "calls": .array(chosen.map(\.json)),
        ]
    }

    // Ids become {id}, so that a route is counted as one.
    private static func route(_ segments: [String]) -> String {
        "/" + segments.map { Int($0) != nil || ItemIDs.isGUID($0) ? "{id}" : $0 }.joined(separator: "/")
    }
}

extension CallLog.Entry {
    fileprivate var json: JSON {
        [
            "number": .integer(number), "service": .string(service), "method": .string(method), "path": .string(path),
            "parameters": .array(parameters.map { .string($0) }), "status": .integer(status),
            "ms": .integer(milliseconds),
        ]
    }
}
