import Media
public import Store

/// Requests as a table, one to a line.
public enum RequestCSV {
    /// The line of names.
    public static let head: [UInt8] = {
        var line = CSVLine()
        for column in columns { line.add(column.name) }
        return line.bytes
    }()

    /// One request.
    public static func line(_ row: RequestRecord) -> [UInt8] {
        var line = CSVLine()
        for column in columns { line.add(column.value(row)) }
        return line.bytes
    }

    private static let columns: [(name: String, value: @Sendable (RequestRecord) -> String?)] = [
        ("id", { String($0.id) }), ("title", { $0.title }), ("original_title", { $0.originalTitle }),
        ("year", { $0.year.map(String.init) }), ("media_type", { $0.mediaType.rawValue }),
        ("state", { $0.state.rawValue }), ("attention", { $0.attention?.code.rawValue }),
        ("attention_reason", { $0.attention?.reason }), ("requested_by", { $0.requestedBy }),
        ("origin", { $0.origin.rawValue }), ("quality", { $0.quality }),
        ("episodes_available", { $0.episodesAvailable.map(String.init) }),
        ("episodes_aired", { $0.episodesAired.map(String.init) }), ("tmdb", { $0.tmdb.map(String.init) }),
        ("tvdb", { $0.tvdb.map(String.init) }), ("imdb", { $0.imdb }), ("jellyfin_id", { $0.jellyfin?.id.text }),
        ("created_at", { $0.createdAt.rfc3339 }), ("updated_at", { $0.updatedAt.rfc3339 }),
        ("available_at", { $0.availableAt?.rfc3339 }),
    ]
}
