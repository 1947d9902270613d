import HTTPClient
import Media
import Synchronization
import TestSupport

/// A model of `sync/maindata`.
///
/// It remembers what it told last, tells only what changed, and begins anew at an unknown `rid`. Members come in random
/// order, because nothing promises one.
final class TorrentServer: Sendable {
    struct Torrent: Equatable {
        var values: [String: String]  // member to JSON
    }

    struct State {
        var random: SeededRandom
        var torrents: [String: Torrent] = [:]
        var told: [String: Torrent] = [:]
        var rid: Int64 = 0
        var fault: Fault?
        var isRestarted = false
    }

    enum Fault: CaseIterable {
        case cutShort, failure, page, noRid, status
    }

    let state: Mutex<State>

    init(seed: UInt64) { state = Mutex(State(random: SeededRandom(seed: seed))) }

    var transport: StubTransport { StubTransport(pieceSize: 37) { self.answer($0) } }

    private func answer(_ request: HTTPRequest) -> StubTransport.Answer {
        state.withLock { state in
            let asked = request.url.split(separator: "=").last.flatMap { Int64($0) } ?? -1
            let isFull = state.isRestarted || asked == 0 || asked != state.rid
            let body = Self.body(&state, isFull: isFull)
            state.told = state.torrents
            state.isRestarted = false
            defer { state.fault = nil }
            switch state.fault {
            case nil: return .response(HTTPResponse(status: 200, body: Array(body.utf8)))
            case .cutShort:
                return .broken(
                    HTTPResponse(status: 200, body: Array(body.utf8.prefix(body.utf8.count / 2))), .truncated)
            case .failure: return .failure(.unreachable)
            case .page: return .response(HTTPResponse(status: 200, body: Array("<html>".utf8)))
            case .noRid: return .response(HTTPResponse(status: 200, body: Array("{}".utf8)))
            case .status: return .response(HTTPResponse(status: 503))
            }
        }
    }

    private static func body(_ state: inout State, isFull: Bool) -> String {
        state.rid = state.rid % 50 + 1  // it wraps
        let told = isFull ? [:] : state.told
        var members = ["\"rid\":\(state.rid)", #""server_state":{"dl_info_speed":5,"torrents":{"x":{}}}"#]
        if isFull { members.append("\"full_update\":true") }
        let changed = state.torrents.filter { told[$0.key] != $0.value }
        if !changed.isEmpty || state.random.chance(30) {
            var entries: [String] = []
            for (hash, torrent) in changed {
                let before = told[hash]?.values ?? [:]
                var fields = torrent.values.filter { before[$0.key] != $0.value }.map { "\"\($0.key)\":\($0.value)" }
                fields.shuffle(using: &state.random)
                entries.append(
                    "\"\(state.random.chance(20) ? hash.uppercased() : hash)\":{\(fields.joined(separator: ","))}")
            }
            members.append("\"torrents\":{\(entries.joined(separator: ","))}")
        }
        let removed = told.keys.filter { state.torrents[$0] == nil }
        if !removed.isEmpty {
            members.append("\"torrents_removed\":[\(removed.map { "\"\($0)\"" }.joined(separator: ","))]")
        }
        members.shuffle(using: &state.random)
        return "{\(members.joined(separator: ","))}"
    }
}
