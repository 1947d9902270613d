/// Writes Jellyfin items (BaseItemDto) as the server does: PascalCase, nulls left out, fields only when asked for.
struct ItemWriter: Sendable {
    let catalogue: JellyfinCatalogue
    let fields: ItemFields
    let showsImages: Bool
    let showsUserData: Bool
    /// Extra bytes of overview per item, for the fault that makes an answer huge.
    var padding = 0
    var serverID: String

    init(_ catalogue: JellyfinCatalogue, fields: ItemFields, showsImages: Bool = true, showsUserData: Bool = false) {
        self.catalogue = catalogue
        self.fields = fields
        self.showsImages = showsImages
        self.showsUserData = showsUserData
        serverID = catalogue.view.dice.hex(1, .user)
    }

    var view: WorldView { catalogue.view }

    /// Writes one item; `twist` says what a fault does to its provider ids.
    func write(_ item: ItemRef, to out: inout JSONText, twist: IDTwist = .none) {
        switch item.kind {
        case .title, .copy: title(item, &out, twist)
        case .season: season(item, &out)
        case .episode: episode(item, &out)
        case .boxSet: boxSet(item, &out)
        case .folder: folder(item, &out)
        case .flow: flow(item, &out, twist)
        }
    }

    /// What a fault does to one item's provider ids.
    enum IDTwist: Sendable { case none, leftOut, numeric, empty }

    private func title(_ item: ItemRef, _ out: inout JSONText, _ twist: IDTwist) {
        let title = view.title(catalogue.titleNumber(of: item) ?? 0)
        let isCopy = item.kind == .copy
        let name = title.name
        let isFilm = title.kind == .movie
        let file = MediaFile(title, name: name, copy: isCopy, generation: view.generation(title.number))
        start(item, name: name, &out)
        if fields.contains(.originalTitle) {
            out.put(#","OriginalTitle":"#)
            out.quoted(name)
        }
        dates(item, title, &out)
        let isStub = title.odd.contains(.stub)
        if isFilm && !isStub { out.put(#","HasSubtitles":true,"Container":"mkv""#) }
        out.put(#","PremiereDate":"#)
        out.date7(title.premiere)
        if isFilm && fields.contains(.mediaSources) {
            out.put(#","MediaSources":["#)
            if !isStub { file.writeSources(&out) }
            out.put("]")
        }
        if fields.contains(.path) && !isStub {
            out.put(#","Path":""#)
            isFilm ? file.writePath(0, &out) : file.writeFolder(&out)
            out.put("\"")
        }
        common(title, &out)
        providerIDs(title, &out, twist)
        kind(title, &out)
        if fields.contains(.parentID) { parent(ItemRef(.folder, file.folder), &out) }
        if isFilm && fields.contains(.size) {
            out.put(#","Width":"#)
            out.number(file.width)
            out.put(#","Height":"#)
            out.number(file.height)
        }
        userData(item, &out)
        images(item, &out)
        out.put(
            isFilm
                ? #","LocationType":"FileSystem","MediaType":"Video"}"#
                : #","LocationType":"FileSystem","MediaType":"Unknown"}"#)
    }

    private func kind(_ title: Title, _ out: inout JSONText) {
        if title.kind == .movie {
            out.put(#","IsFolder":false,"Type":"Movie","VideoType":"VideoFile""#)
            return
        }
        out.put(#","IsFolder":true,"Type":"Series","Status":"#)
        out.put(SeriesFacts(title).isContinuing ? #""Continuing""# : #""Ended""#)
        out.put(#","AirDays":[]"#)
        if fields.contains(.childCount) {
            let layout = view.library.seasons(ofSeries: title.ordinal)
            out.put(#","ChildCount":"#)
            out.number(layout.seasons.count)
            out.put(#","RecursiveItemCount":"#)
            out.number(layout.episodes)
        }
    }

    /// Writes the beginning of every item: name, server, id.
    func start(_ item: ItemRef, name: String, _ out: inout JSONText) {
        out.put(#"{"Name":"#)
        out.quoted(name)
        out.put(#","ServerId":""#)
        out.plain(serverID)
        out.put(#"","Id":""#)
        id(item, &out)
        out.put("\"")
        if fields.contains(.sortName) {
            out.put(#","SortName":"#)
            out.quoted(TitleName.sortName(name))
        }
    }

    /// The 32 digits of an item's id.
    func id(_ item: ItemRef, _ out: inout JSONText) {
        let generation = catalogue.titleNumber(of: item).map { view.generation($0) } ?? 0
        out.append { catalogue.ids.append(item, generation: generation, to: &$0) }
    }

    func parent(_ item: ItemRef, _ out: inout JSONText) {
        out.put(#","ParentId":""#)
        id(item, &out)
        out.put("\"")
    }

    private func dates(_ item: ItemRef, _ title: Title, _ out: inout JSONText) {
        if fields.contains(.dateCreated) {
            out.put(#","DateCreated":"#)
            out.date7(catalogue.created(item, title))
        }
        if fields.contains(.lastMediaAdded) && title.kind == .series {
            out.put(#","DateLastMediaAdded":"#)
            out.date7(catalogue.created(item, title) + Ticks.perDay)
        }
    }

    private func common(_ title: Title, _ out: inout JSONText) {
        out.put(#","OfficialRating":"PG-13","ChannelId":null"#)
        if fields.contains(.overview) {
            out.put(#","Overview":""#)
            Overview.write(title, padding: padding, &out)
            out.put("\"")
        }
        if fields.contains(.genres) {
            let genre = Words.genres[title.number(.rating, in: 0..<Words.genres.count)]
            out.put(#","Genres":["#)
            out.quoted(genre)
            out.put(#"],"GenreItems":[{"Name":"#)
            out.quoted(genre)
            out.put(#","Id":""#)
            out.hex(Dice.mix(UInt64(genre.utf8.count)))
            out.hex(Dice.mix(UInt64(genre.utf8.first ?? 0)))
            out.put(#""}]"#)
        }
        out.put(#","CommunityRating":"#)
        out.tenths(title.number(.rating, in: 31..<97))
        out.put(#","RunTimeTicks":"#)
        out.number(title.runtime)
        out.put(#","ProductionYear":"#)
        out.number(title.year)
        if fields.contains(.settings) { out.put(#","LockedFields":[],"LockData":false"#) }
    }

    private func providerIDs(_ title: Title, _ out: inout JSONText, _ twist: IDTwist) {
        guard fields.contains(.providerIDs) else { return }
        out.put(#","ProviderIds":{"#)
        if twist != .leftOut {
            var isFirst = true
            for (key, value) in ProviderIDs.jellyfin(title, view.overrides[title.number]) {
                if !isFirst { out.put(",") }
                isFirst = false
                out.quoted(key)
                out.put(":")
                switch twist {
                case .numeric where Int(value) != nil: out.plain(value)
                case .empty: out.put(#""""#)
                default: out.quoted(value)
                }
            }
        }
        out.put("}")
    }

    /// Played nothing, favoured nothing: only for a user.
    func userData(_ item: ItemRef, _ out: inout JSONText) {
        guard showsUserData else { return }
        out.put(#","UserData":{"PlaybackPositionTicks":0,"PlayCount":0,"IsFavorite":false,"Played":false,"Key":""#)
        id(item, &out)
        out.put(#"","ItemId":""#)
        id(item, &out)
        out.put(#""}"#)
    }

    /// Tags of the pictures; one title in twenty has no poster.
    func images(_ item: ItemRef, _ out: inout JSONText) {
        guard showsImages else { return }
        let tag = view.dice.roll(Int(item.raw), .image)
        if tag % 20 == 0 && !catalogue.plan.isPlain {
            out.put(#","ImageTags":{},"BackdropImageTags":[]"#)
            return
        }
        out.put(#","ImageTags":{"Primary":""#)
        out.hex(tag)
        out.hex(Dice.mix(tag))
        out.put(#""},"BackdropImageTags":[],"ImageBlurHashes":{"Primary":{""#)
        out.hex(tag)
        out.hex(Dice.mix(tag))
        out.put(#"":"eJD8,WxuWBj[ay~qofRjayj[WBj[ayj[fQj[ayj[ayfQj[ayj[fQ"}}"#)
    }
}
