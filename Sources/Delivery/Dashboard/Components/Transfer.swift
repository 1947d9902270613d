import HTML

/// How far the downloads of a request are: api.md §3, `progress`.
public struct Transfer: Sendable {
    /// 0 to 100; nil while the size is unknown.
    public var percent: Double?
    public var bytesDone: Int64?
    public var bytesTotal: Int64?
    /// Bytes a second; nil or 0: unknown.
    public var speed: Int64?
    public var etaSeconds: Int64?

    public init(percent: Double?, bytesDone: Int64? = nil, bytesTotal: Int64? = nil) {
        self.percent = percent
        self.bytesDone = bytesDone
        self.bytesTotal = bytesTotal
    }

    /// Whole percent, and 100 only at the end; nil while unknown.
    var wholePercent: Int64? {
        guard let percent, percent.isFinite else { return nil }
        return percent >= 100 ? 100 : max(0, Int64(percent))
    }
}

/// Speed and time left of a download in words: a dash for what is unknown, never "0 B".
struct TransferText: Component {
    let page: PageContext
    let transfer: Transfer

    var body: Markup {
        span(.class("transfer")) { text }
    }

    private var text: String {
        let speed = BytesText.size(transfer.speed).map { page[.transferSpeed, ["size": $0]] }
        let left = transfer.etaSeconds.flatMap { seconds in
            seconds > 0 && seconds < Self.unknownETA
                ? page[.transferLeft, ["time": DurationText.rough(milliseconds: seconds * 1000, page)]] : nil
        }
        return speed == nil && left == nil ? "–" : (speed ?? "–") + " · " + (left ?? "–")
    }

    /// What qBittorrent says for "unknown": 100 days (tracking.md §3.3).
    private static let unknownETA: Int64 = 8_640_000
}
