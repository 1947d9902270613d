import Database
import HTTPServer
import JSONStream
import Media
import OpenAPI
import Shapes
import Store

extension API {
    func addStats(to routes: inout RouteTable) {
        routes.get("api", "stats", permission: .user, doc: .getStats) { request in
            .conditional(try await stats(visibleTo: request.visibility).jsonBytes, request)
        }
    }

    func stats(visibleTo visibility: Visibility) async throws -> StatsShape {
        try await store.read { reader in
            StatsShape(
                counts: try reader.requestCounts(visibleTo: visibility),
                attention: try reader.attentionCounts(visibleTo: visibility),
                times: try reader.stageTimes(ofNewest: 500, visibleTo: visibility))
        }
    }
}

/// How many requests there are of each kind, and how long stages last.
struct StatsShape: Shape {
    static let schema = Schema.named(
        "Stats",
        [
            "states": .object(of: Stage.allCases.map(\.rawValue), .count),
            "media_types": .object(of: MediaType.allCases.map(\.rawValue), .count),
            "attention": .object(of: ["total"] + Attention.Code.allCases.map(\.rawValue), .count),
            "median_ms": .object(of: Stage.allCases.filter { !$0.isClosed }.map(\.rawValue), .count.orNull),
        ])

    let counts: [RequestCount: Int64]
    let attention: [Attention.Code: Int64]
    /// Of the newest arrivals.
    let times: [Stage: StageTime]

    func write(to json: inout JSONWriter) {
        json.object { json in
            json.object("states") { json in
                for stage in Stage.allCases {
                    json.key(string: stage.rawValue)
                    json.value(sum { $0.state == stage })
                }
            }
            json.object("media_types") { json in
                for type in MediaType.allCases {
                    json.key(string: type.rawValue)
                    json.value(sum { $0.mediaType == type && $0.state != .deleted })
                }
            }
            json.object("attention") { json in
                json.field("total", attention.values.reduce(0, +))
                for code in Attention.Code.allCases {
                    json.key(string: code.rawValue)
                    json.value(attention[code] ?? 0)
                }
            }
            json.object("median_ms") { json in
                for stage in Stage.allCases where !stage.isClosed {
                    json.key(string: stage.rawValue)
                    json.value(times[stage]?.median)
                }
            }
        }
    }

    private func sum(_ isMeant: (RequestCount) -> Bool) -> Int64 {
        counts.filter { isMeant($0.key) }.values.reduce(0, +)
    }
}
