import Media

/// All torrents as merged from the answers of one login session.
struct TorrentSession {
    /// One answer of `sync/maindata`, held until it is known to be whole.
    struct Answer {
        var id: Int64
        var isFull: Bool
        /// In the order sent.
        var torrents: [(hash: String, fields: TorrentFields)]
        var removed: [String]
    }

    /// What to acknowledge with the next call; 0 asks for everything.
    private(set) var answerID: Int64 = 0
    private var torrents: [String: TorrentFields] = [:]

    /// Asks for everything next time; what is held stays, so that the next answer can tell what went.
    mutating func forget() { answerID = 0 }

    /// Merges an answer.
    mutating func apply(_ answer: Answer) -> TorrentDelta {
        answerID = answer.id
        return answer.isFull ? replace(answer) : merge(answer)
    }

    private mutating func replace(_ answer: Answer) -> TorrentDelta {
        let before = torrents
        torrents = [:]
        torrents.reserveCapacity(answer.torrents.count)
        for (hash, fields) in answer.torrents { torrents[hash, default: fields].merge(fields) }
        return TorrentDelta(
            changed: torrents.map { $1.reading($0) }, removed: before.keys.filter { torrents[$0] == nil }, isFull: true,
            hashes: Array(torrents.keys))
    }

    private mutating func merge(_ answer: Answer) -> TorrentDelta {
        var before: [String: TorrentFields?] = [:]
        for hash in answer.removed where torrents[hash] != nil {
            before[hash] = torrents.removeValue(forKey: hash)
        }
        for (hash, fields) in answer.torrents {
            if before[hash] == nil { before.updateValue(torrents[hash], forKey: hash) }
            torrents[hash, default: fields].merge(fields)
        }
        var delta = TorrentDelta(changed: [], removed: [], isFull: false, hashes: [])
        for (hash, old) in before {
            if let now = torrents[hash] {
                if now != old { delta.changed.append(now.reading(hash)) }
            } else {
                delta.removed.append(hash)
            }
        }
        delta.hashes = Array(torrents.keys)
        return delta
    }
}
