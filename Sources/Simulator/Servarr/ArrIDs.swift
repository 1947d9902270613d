/// The ids a Radarr or Sonarr shows for a title, after contradictions and what tests changed.
struct ArrIDs: Sendable {
    let tmdb: String
    let imdb: String?
    let tvdb: String

    init(_ title: Title, service: String, view: WorldView) {
        let override = view.overrides[title.number]
        func value(_ provider: String, _ generated: String?) -> String? {
            override?.provider(provider, in: service) ?? generated
        }
        // Contradiction: another IMDb number than Jellyfin's, belonging to nobody.
        let imdb =
            title.odd.contains(.otherIMDbInArr) ? Title.Identifiers.imdb(9_000_000 + title.number) : title.ids.imdb
        tmdb = value("tmdb", String(Self.knowsTMDB(title) ? title.ids.tmdb : 0)) ?? "0"
        self.imdb = value("imdb", imdb)
        tvdb = value("tvdb", String(title.ids.tvdb ?? 0)) ?? "0"
    }

    // Sonarr v3 and early v4 had no TMDB numbers of series.
    private static func knowsTMDB(_ title: Title) -> Bool {
        title.kind == .movie || title.odd.isEmpty || title.number % 10 != 3
    }

    /// Writes `,"key":` and the id: a number as ever, or as the fault at hand wants it.
    static func write(_ id: String, _ key: StaticString, _ out: inout JSONText, _ twist: ItemWriter.IDTwist) {
        guard twist != .leftOut else { return }
        out.put(key)
        switch twist {
        case .numeric: out.quoted(id)
        case .empty: out.put(#""""#)
        default: out.plain(id)
        }
    }

    /// Writes the IMDb id, where there is one.
    static func writeIMDb(_ id: String?, _ out: inout JSONText, _ twist: ItemWriter.IDTwist) {
        guard let id, twist != .leftOut else { return }
        out.put(#","imdbId":"#)
        out.quoted(twist == .empty ? "" : id)
    }

    /// Pictures as the *arrs write them: a relative URL, and the address they came from.
    static func writeImages(_ id: Int, _ title: Title, remote: StaticString, local: Bool, _ out: inout JSONText) {
        out.put(#","images":["#)
        for (index, type) in ["poster", "fanart"].enumerated() {
            if index > 0 { out.put(",") }
            out.put(#"{"coverType":"#)
            out.quoted(type)
            if local {
                out.put(#","url":"/MediaCover/"#)
                out.number(id)
                out.put("/")
                out.plain(type)
                out.put(#".jpg?lastWrite=638550000000000000""#)
            }
            out.put(#","remoteUrl":""#)
            out.put(remote)
            out.hex(title.dice.roll(title.number, .image))
            out.put(#".jpg"}"#)
        }
        out.put("]")
    }
}
