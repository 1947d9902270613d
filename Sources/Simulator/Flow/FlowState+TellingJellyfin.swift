// What Jellyfin's webhook plug-in tells (upstreams.md §7).
extension FlowState {
    mutating func tellItemAdded(_ slot: Int) {
        // Of what Shokofin brings, the plug-in hardly ever hears.
        if title(items[slot].title).isAnime, dice.number(slot, .flowRelease, in: 0..<2) == 0 { return }
        tellItem("ItemAdded", slot)
    }

    mutating func tellItemDeleted(_ slot: Int) { tellItem("ItemDeleted", slot) }

    private mutating func tellItem(_ event: String, _ slot: Int) {
        let item = items[slot]
        let bodies = (all: itemNews(event, item, sendsAll: true), few: itemNews(event, item, sendsAll: false))
        tellPlugin(event) { $0 ? bodies.all : bodies.few }
    }

    private func itemNews(_ event: String, _ item: FlowItem, sendsAll: Bool) -> JSON {
        let title = title(item.title)
        let name =
            item.kind == .episode
            ? title.episodes[item.unit].name
            : item.kind == .season ? "Season \(item.season)" : title.name
        let stamp = "\(ArrDate.text(now).dropLast()).0000000"
        let types: [FlowItem.Kind: String] = [
            .film: "Movie", .series: "Series", .season: "Season", .episode: "Episode",
        ]
        var json: JSON = [
            "ServerId": .string(dice.hex(1, .user)), "ServerName": "Simulated Jellyfin", "ServerVersion": "10.11.11",
            "ServerUrl": "", "NotificationType": .string(event), "Timestamp": .string("\(stamp)+00:00"),
            "UtcTimestamp": .string("\(stamp)Z"), "Name": .string(Self.escaped(name)),
            "Overview": .string(Self.escaped(title.overview)), "Tagline": "",
            "ItemId": .string(itemID(item.slot)), "ItemType": .string(types[item.kind] ?? ""),
            "RunTimeTicks": .integer(title.runtimeMinutes * 600_000_000), "RunTime": "00:47:03",
            "Year": .integer(title.year),
        ]
        if let series = item.series {
            json = json.with("SeriesName", text: Self.escaped(title.name)).with("SeriesId", text: itemID(series))
                .with("SeasonNumber", number: item.season).with("SeasonNumber00", text: Self.two(item.season))
        }
        if item.kind == .episode {
            let number = title.episodes[item.unit].number
            json = json.with("SeasonId", text: item.seasonSlot.map { itemID($0) }).with("EpisodeNumber", number: number)
                .with("EpisodeNumber00", text: Self.two(number))
        }
        for (key, value) in providerIDs(of: item) { json = json.with("Provider_\(key.lowercased())", text: value) }
        if sendsAll {
            json = json.with("Video_0_Codec", text: "hevc").with("Video_0_Height", number: 1_080).with(
                "Genres", text: "Drama")
        }
        return json
    }

    func itemID(_ slot: Int) -> String { ItemIDs(dice: dice).text(ItemRef(.flow, slot), generation: 0) }

    // The plug-in escapes quotes in texts before its template sees them.
    private static func escaped(_ text: String) -> String {
        text.contains("\"")
            ? text.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\\\"") : text
    }

    /// The provider ids Jellyfin holds for an item; anime has Shokofin's only.
    func providerIDs(of item: FlowItem) -> [(key: String, value: String)] {
        guard item.hasIDs, item.kind != .season else { return [] }
        let title = title(item.title)
        if title.isAnime { return shokoIDs(item, title) }
        if item.kind == .episode { return [("Tvdb", String(title.episodes[item.unit].tvdb))] }
        var ids: [(key: String, value: String)] = [("Tmdb", String(title.tmdb)), ("Imdb", title.imdb)]
        if let tvdb = title.tvdb { ids.append(("Tvdb", String(tvdb))) }
        return ids
    }

    private func shokoIDs(_ item: FlowItem, _ title: FlowTitle) -> [(key: String, value: String)] {
        let anidb = title.anidb ?? 0
        guard item.kind != .series else {
            return [("AniDB", String(anidb)), ("Shoko Series", String(title.shokoSeries))]
        }
        var ids: [(key: String, value: String)] = [
            ("AniDB", String(item.kind == .film ? anidb : title.anidbEpisode(item.unit)))
        ]
        if item.kind == .film { ids.append(("Shoko Series", String(title.shokoSeries))) }
        ids.append(("Shoko Episode", String(title.shokoEpisode(item.unit))))
        if let file = shokoFile(at: item.path) { ids.append(("Shoko File", String(shokoFiles[file].fileID))) }
        return ids
    }
}
