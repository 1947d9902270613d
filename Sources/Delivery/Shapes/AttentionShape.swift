import JSONStream
import Media
import OpenAPI

/// Why somebody should look (api.md §3); null when nobody needs to.
enum AttentionShape {
    static let schema = Schema.named(
        "Attention",
        [
            "code": .choice(Attention.Code.self), "reason": .string, "since": .time, "source": .string,
            "actions": .array(.string),
        ])

    static func write(_ attention: Attention?, to json: inout JSONWriter) {
        guard let attention else { return json.null() }
        json.object { json in
            json.field("code", attention.code.rawValue)
            json.field("reason", attention.reason)
            json.field("since", attention.since)
            json.field("source", attention.source)
            json.array("actions") { json in
                for action in attention.actions { json.value(action) }
            }
        }
    }
}

/// How far the downloads are; null while nothing is downloaded.
enum ProgressShape {
    static let schema = Schema.named(
        "Progress",
        [
            "percent": .number, "bytes_done": .count.orNull, "bytes_total": .count.orNull, "speed": .count.orNull,
            "eta_seconds": .count.orNull,
        ])

    static func write(_ progress: DownloadProgress?, to json: inout JSONWriter) {
        guard let progress else { return json.null() }
        json.object { json in
            json.field("percent", (progress.percent * 10).rounded() / 10)
            json.field("bytes_done", progress.bytesDone)
            json.field("bytes_total", progress.bytesTotal)
            json.field("speed", progress.speed)
            json.field("eta_seconds", progress.etaSeconds)
        }
    }
}
