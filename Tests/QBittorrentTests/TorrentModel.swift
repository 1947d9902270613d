import Media
import TestSupport

/// Random torrents, and what they should look like: written apart from the client.
enum TorrentModel {
    static func mutate(_ torrents: inout [String: TorrentServer.Torrent], _ random: inout SeededRandom) {
        for _ in 0..<random.below(4) {
            let hash = "a\(random.below(12))"
            if random.chance(25) {
                torrents[hash] = nil
            } else {
                var values = torrents[hash]?.values ?? fresh(&random)
                for key in values.keys.sorted() where random.chance(30) { values[key] = value(key, &random) }
                torrents[hash] = TorrentServer.Torrent(values: values)
            }
        }
    }

    private static func fresh(_ random: inout SeededRandom) -> [String: String] {
        var values: [String: String] = [:]
        for key in ["name", "size", "progress", "state", "amount_left", "eta", "infohash_v1", "ratio"] {
            values[key] = value(key, &random)
        }
        return values
    }

    private static func value(_ key: String, _ random: inout SeededRandom) -> String {
        switch key {
        case "name": "\"n\(random.below(4))\""
        case "size", "amount_left": String(random.below(5) - 1)
        case "progress": random.pick(["0", "0.5", "1"])
        case "state": random.pick(["\"pausedDL\"", "\"downloading\"", "\"stalledUP\""])
        case "eta": random.pick(["8640000", "60"])
        case "infohash_v1": random.pick(["\"\"", "\"F1\"", "\"f2\""])
        default: String(random.below(9))
        }
    }

    static func reading(_ hash: String, _ values: [String: String]) -> TorrentReading {
        func text(_ key: String) -> String { String((values[key] ?? "").filter { $0 != "\"" }) }
        let state = text("state")
        var reading = TorrentReading(hash: hash, state: state == "pausedDL" ? "stoppedDL" : state)
        let v1 = text("infohash_v1").lowercased()
        reading.hashes = v1.isEmpty ? [hash] : [hash, v1]
        reading.name = text("name")
        if let size = Int64(text("size")), size > 0 { reading.size = size }
        if let left = Int64(text("amount_left")), left >= 0, reading.size != nil { reading.amountLeft = left }
        reading.progress = Double(text("progress")) ?? 0
        reading.etaSeconds = text("eta") == "60" ? 60 : nil
        return reading
    }
}
