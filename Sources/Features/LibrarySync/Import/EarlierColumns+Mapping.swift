import Database
import FoundationEssentials
import Media

/// What the cells mean.
extension EarlierColumns {
    /// UTC without a zone: `2025-11-02 18:04:05.123456`.
    func time(_ name: String, _ row: borrowing Row) -> Timestamp? {
        text(name, row).flatMap { Timestamp(rfc3339: $0.utf8) }
    }

    /// An enum's name, upper case as a rule, in lower case.
    func name(_ column: String, _ row: borrowing Row) -> String? { text(column, row)?.lowercased() }

    func mediaType(_ row: borrowing Row) -> MediaType? { name("media_type", row).flatMap(MediaType.init) }

    func item(_ name: String, _ row: borrowing Row) -> JellyfinItemID? {
        text(name, row).flatMap { JellyfinItemID($0) }
    }

    /// An IMDb id: `tt` and digits.
    func imdb(_ name: String, _ row: borrowing Row) -> String? {
        guard let text = text(name, row)?.lowercased(), text.hasPrefix("tt"),
            text.utf8.dropFirst(2).contains(where: { $0 != UInt8(ascii: "0") })
        else { return nil }
        return text
    }

    /// `1, 2` or `1`: ascending, each once.
    func seasons(_ name: String, _ row: borrowing Row) -> [Int64] {
        let parts = (text(name, row) ?? "").split { $0 == "," || $0.isWhitespace }
        return Set(parts.compactMap { Int64($0) }).filter { $0 >= 0 }.sorted()
    }

    /// A JSON array of texts; anything else is none.
    func texts(_ name: String, _ row: borrowing Row) -> [String] {
        guard let text = text(name, row) else { return [] }
        return (try? JSONDecoder().decode([String].self, from: Data(text.utf8))) ?? []
    }
}

/// What a state of the earlier tracker stands for.
enum EarlierState: Sendable, Hashable {
    case stage(Stage)
    /// Stuck somewhere; the timeline knows where.
    case timeout
    case matchFailed

    /// Reads the enum's name in any case, present and former names alike; nil for an unknown one.
    init?(_ name: String) {
        switch name.lowercased() {
        case "grabbing", "indexed": self = .stage(.indexed)
        case "downloaded", "download_done": self = .stage(.downloadDone)
        case "match_failed": self = .matchFailed
        case "timeout": self = .timeout
        case let other:
            guard let stage = Stage(rawValue: other) else { return nil }
            self = .stage(stage)
        }
    }

    /// The stage it implies by itself.
    var stage: Stage? {
        switch self {
        case .stage(let stage): stage
        case .matchFailed: .animeMatching
        case .timeout: nil
        }
    }
}
