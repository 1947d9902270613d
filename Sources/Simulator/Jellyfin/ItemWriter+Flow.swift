// Items of requested titles.
extension ItemWriter {
    func flow(_ item: ItemRef, _ out: inout JSONText, _ twist: IDTwist) {
        guard let flow = catalogue.flowItem(item) else { return }
        let title = view.flow.title(flow.title)
        let isPlayable = (flow.kind == .film || flow.kind == .episode) && !flow.isStub && !flow.isVirtual
        start(item, name: catalogue.flowName(flow), &out)
        if fields.contains(.originalTitle) && (flow.kind == .film || flow.kind == .series) {
            out.put(#","OriginalTitle":"#)
            out.quoted(title.name)
        }
        if fields.contains(.dateCreated) {
            out.put(#","DateCreated":"#)
            out.date7(flow.created)
        }
        if isPlayable { out.put(#","HasSubtitles":true,"Container":"mkv""#) }
        out.put(#","PremiereDate":"#)
        out.date7(
            flow.kind == .episode
                ? title.episodes[flow.unit].airs : Ticks.day(year: title.year, month: 3, day: 1))
        if isPlayable && fields.contains(.mediaSources) { source(flow, title, &out) }
        if fields.contains(.path) && !flow.isStub && !flow.isVirtual {
            out.put(#","Path":"#)
            out.quoted(flow.path)
        }
        out.put(#","ChannelId":null,"RunTimeTicks":"#)
        out.number(isPlayable ? Int64(title.runtimeMinutes) * 60 * Ticks.perSecond : 0)
        out.put(#","ProductionYear":"#)
        out.number(title.year)
        numbers(flow, title, &out)
        if fields.contains(.providerIDs) { flowIDs(flow, &out, twist) }
        belonging(flow, title, &out)
        if fields.contains(.parentID) {
            parent(
                (flow.seasonSlot ?? flow.series).map { ItemRef(.flow, $0) }
                    ?? ItemRef(.folder, catalogue.folder(of: flow)), &out)
        }
        userData(item, &out)
        images(item, &out)
        out.put(
            flow.isVirtual ? #","LocationType":"Virtual","MediaType":"# : #","LocationType":"FileSystem","MediaType":"#)
        out.put(flow.kind == .film || flow.kind == .episode ? #""Video"}"# : #""Unknown"}"#)
    }

    private func numbers(_ flow: FlowItem, _ title: FlowTitle, _ out: inout JSONText) {
        switch flow.kind {
        case .film: out.put(#","IsFolder":false,"Type":"Movie""#)
        case .series: out.put(#","IsFolder":true,"Type":"Series","Status":"Continuing""#)
        case .season:
            out.put(#","IndexNumber":"#)
            out.number(flow.season)
            out.put(#","IsFolder":true,"Type":"Season""#)
        case .episode:
            out.put(#","IndexNumber":"#)
            out.number(title.episodes[flow.unit].number)
            out.put(#","ParentIndexNumber":"#)
            out.number(flow.season)
            out.put(#","IsFolder":false,"Type":"Episode""#)
        }
    }

    private func belonging(_ flow: FlowItem, _ title: FlowTitle, _ out: inout JSONText) {
        guard let series = flow.series else { return }
        out.put(#","SeriesName":"#)
        out.quoted(title.name)
        out.put(#","SeriesId":""#)
        id(ItemRef(.flow, series), &out)
        out.put("\"")
        guard let season = flow.seasonSlot else { return }
        out.put(#","SeasonId":""#)
        id(ItemRef(.flow, season), &out)
        out.put(#"","SeasonName":"#)
        out.quoted("Season \(flow.season)")
    }

    private func flowIDs(_ flow: FlowItem, _ out: inout JSONText, _ twist: IDTwist) {
        out.put(#","ProviderIds":{"#)
        for (place, pair) in (twist == .leftOut ? [] : view.flow.providerIDs(of: flow)).enumerated() {
            if place > 0 { out.put(",") }
            out.quoted(pair.key)
            out.put(":")
            switch twist {
            case .numeric where Int(pair.value) != nil: out.plain(pair.value)
            case .empty: out.put(#""""#)
            default: out.quoted(pair.value)
            }
        }
        out.put("}")
    }

    private func source(_ flow: FlowItem, _ title: FlowTitle, _ out: inout JSONText) {
        let name = flow.path.split(separator: "/").last.map(String.init) ?? ""
        out.put(#","MediaSources":[{"Protocol":"File","Id":""#)
        id(ItemRef(.flow, flow.slot), &out)
        out.put(#"","Path":"#)
        out.quoted(flow.path)
        out.put(#","Type":"Default","Container":"mkv","Size":"#)
        out.number(flow.size)
        out.put(#","Name":"#)
        out.quoted(name)
        out.put(#","IsRemote":false,"RunTimeTicks":"#)
        out.number(Int64(title.runtimeMinutes) * 60 * Ticks.perSecond)
        out.put(#","SupportsTranscoding":true,"SupportsDirectStream":true,"SupportsDirectPlay":true"#)
        out.put(#","VideoType":"VideoFile","MediaStreams":[],"HasSegments":false}]"#)
    }
}
