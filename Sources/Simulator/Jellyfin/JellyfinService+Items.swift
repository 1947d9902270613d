// Listings.
extension JellyfinService {
    /// `GET /Items`, and `/Users/{id}/Items` for a user.
    func items(_ call: Call, _ caller: JellyfinAccounts.Caller, _ catalogue: JellyfinCatalogue) -> Answer {
        if let id = call.parameter("userId"), !id.isEmpty {
            guard ItemIDs.isGUID(id) else { return .badRequest }
            guard user(id, caller)?.id == id.lowercased().filter({ $0 != "-" }) else { return .notFound }
        }
        let user: JellyfinAccounts.User? = user(call.parameter("userId"), caller)
        if version.needsUserForItems && user == nil { return .badRequest }
        let query = ItemQuery(call, catalogue: catalogue, hasUser: user != nil)
        if query.asksMinDateLastSaved, let failure = version.minDateLastSavedFailure { return .jellyfinError(failure) }
        let found = query.ids.isEmpty ? catalogue.items(query.selection) : byID(query, catalogue)
        return page(found, query, catalogue, call.twists)
    }

    /// Items asked for by id, in the order asked; unknown ids are just missing.
    private func byID(_ query: ItemQuery, _ catalogue: JellyfinCatalogue) -> [UInt32] {
        let found = query.ids.compactMap { catalogue.item($0) }
            .filter { query.selection.kinds.contains(kind(of: $0, catalogue)) }
            .map(\.raw)
        return query.selection.sort.isEmpty ? found : catalogue.sorted(found, by: query.selection)
    }

    private func kind(of item: ItemRef, _ catalogue: JellyfinCatalogue) -> ItemKinds {
        switch item.kind {
        case .title, .copy: (catalogue.titleNumber(of: item) ?? 0) < catalogue.plan.size.films ? .movie : .series
        case .season: .season
        case .episode: .episode
        case .boxSet: .boxSet
        case .folder: .folder
        case .flow: catalogue.flowItem(item).map { JellyfinCatalogue.itemKinds($0.kind) } ?? []
        }
    }

    private func page(
        _ found: [UInt32], _ query: ItemQuery, _ catalogue: JellyfinCatalogue, _ twists: [ListingTwist]
    ) -> Answer {
        let window = ListingWindow(total: found.count, start: query.start, limit: query.limit, twists: twists)
        let total = query.countsAll ? window.reportedTotal : window.places.count
        var writer = ItemWriter(
            catalogue, fields: query.fields, showsImages: query.showsImages, showsUserData: query.showsUserData)
        writer.padding = window.padding
        return .streamed { [writer] in
            var place = window.places.lowerBound
            var isStarted = false
            return { out in
                if !isStarted { out.put(#"{"Items":["#) }
                isStarted = true
                guard place < window.places.upperBound else {
                    out.put(#"],"TotalRecordCount":"#)
                    out.number(total)
                    out.put(#","StartIndex":"#)
                    out.number(query.start)
                    out.put("}")
                    return false
                }
                if place > window.places.lowerBound { out.put(",") }
                writer.write(ItemRef(raw: found[place]), to: &out, twist: window.idTwist(at: place))
                place += 1
                return true
            }
        }
    }

    /// `GET /Items/{id}`: with a key and no user, newer servers refuse.
    func item(
        _ id: String, _ call: Call, _ caller: JellyfinAccounts.Caller, _ catalogue: JellyfinCatalogue
    ) -> Answer {
        guard ItemIDs.isGUID(id) else { return .badRequest }
        let user: JellyfinAccounts.User? = user(call.parameter("userId"), caller)
        if user == nil && version.refusesItemWithoutUser { return .badRequest }
        guard let item = catalogue.item(id) else { return .notFound }
        var out = JSONText()
        ItemWriter(catalogue, fields: .every, showsUserData: user != nil).write(item, to: &out)
        return Answer(200, type: "application/json; charset=utf-8", .bytes(out.bytes))
    }

    /// A user's libraries.
    func views(_ user: JellyfinAccounts.User, _ catalogue: JellyfinCatalogue) -> Answer {
        let writer = ItemWriter(catalogue, fields: [.path, .dateCreated, .providerIDs], showsUserData: true)
        var out = JSONText()
        out.put(#"{"Items":["#)
        let count = JellyfinFolder.count(catalogue.plan)
        for index in 0..<count {
            if index > 0 { out.put(",") }
            writer.write(ItemRef(.folder, index), to: &out)
        }
        out.put(#"],"TotalRecordCount":"#)
        out.number(count)
        out.put(#","StartIndex":0}"#)
        return Answer(200, type: "application/json; charset=utf-8", .bytes(out.bytes))
    }

    /// `GET /Items/{id}/Images/Primary`: no login needed; 404 for an item without that picture.
    func image(_ id: String, type: String, _ view: WorldView) -> Answer {
        let catalogue = JellyfinCatalogue(view)
        guard let item = catalogue.item(id), type == "primary" else { return .notFound }
        let tag = view.dice.roll(Int(item.raw), .image)
        if tag % 20 == 0 && !catalogue.plan.isPlain { return .notFound }
        return Answer(200, type: "image/png", .bytes(PNG.poster(color: UInt32(truncatingIfNeeded: tag >> 8))))
    }
}
