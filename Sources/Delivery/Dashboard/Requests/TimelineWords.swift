/// The sentences of a timeline: an entry stores an event and values, and is written in any language when it is shown.
///
/// Wording: tracking.md §7. Sizes are bytes, and 0 is unknown, so that no text holds "0 B".
public enum TimelineWords {
    /// The sentence; nil for an event this version does not know.
    ///
    /// Values: `quality`, `indexer`, `size`, `units` ("1.1,1.2" as stored, or "S01E01–E13"), `count` (episodes),
    /// `files`, `file`, `upgrade` ("1"), `reason`, `name` (of a person), `action`, `service`, `stage`, `text`.
    public static func text(_ event: String, _ values: [String: String], _ strings: Strings = .english) -> String? {
        let words = TimelineSentence(values: EpisodeText.named(values), page: PageContext(strings: strings))
        guard let text = words.text(event) else { return nil }
        // A pack names its units itself.
        guard !(event == "grabbed" && words.count > 1), let units = words["units"] else { return text }
        return strings[.eventOfUnits, ["units": units, "text": text]]
    }
}

/// One sentence with its values.
private struct TimelineSentence {
    let values: [String: String]
    let page: PageContext

    /// A value that is there and not empty.
    subscript(_ name: String) -> String? { values[name].flatMap { $0.isEmpty ? nil : $0 } }

    var count: Int64 { values["count"].flatMap { Int64($0) } ?? 1 }

    /// Several files of one hour are one line.
    private var files: Int64 { values["files"].flatMap { Int64($0) } ?? count }

    func text(_ event: String) -> String? {
        switch event {
        case "requested": with("name", .eventRequestedBy, .eventRequested)
        case "approved": with("name", .eventApprovedBy, .eventApproved)
        case "declined": with("name", .eventDeclinedBy, .eventDeclined)
        case "request_gone": page[.eventRequestGone]
        case "submit_failed": with("reason", .eventSubmitFailedFor, .eventSubmitFailed)
        case "in_arr": ofService(.eventInArr, .eventInArrUnknown)
        case "release_search": page[.eventSearched]
        default: download(event) ?? file(event) ?? user(event) ?? library(event)
        }
    }

    private func download(_ event: String) -> String? {
        switch event {
        case "grabbed", "indexed": grabbed
        case "downloading": sized(page[.eventDownloading])
        case "downloaded", "download_done", "torrent_done":
            BytesText.size(bytes).map { page[.eventDownloadedSize, ["size": $0]] } ?? page[.eventDownloaded]
        case "download_gone": page[.eventDownloadGone]
        case "download_failed": with("reason", .eventDownloadFailedFor, .eventDownloadFailed)
        case "failed": with("reason", .eventFailedFor, .eventFailed)
        case "ignored": page[.eventIgnored]
        default: nil
        }
    }

    private func file(_ event: String) -> String? {
        switch event {
        case "imported" where self["upgrade"] == "1" && files <= 1:
            with("file", .eventUpgradedToFile, .eventUpgraded)
        case "imported":
            files > 1 ? page[.eventImportedFiles, count: files] : with("file", .eventImportedFile, .eventImported)
        case "importing": page[.eventImporting]
        case "import_blocked": with("reason", .eventImportBlockedFor, .eventImportBlocked)
        case "upgraded", "file_replaced": with("quality", .eventUpgradedTo, .eventUpgraded)
        case "file_removed": with("file", .eventFileRemovedNamed, .eventFileRemoved)
        case "path_changed": with("file", .eventPathChangedTo, .eventPathChanged)
        case "file_seen": with("file", .eventFileSeenNamed, .eventFileSeen)
        case "file_matched":
            count > 1 ? page[.eventFilesMatched, count: count] : with("file", .eventFileMatchedNamed, .eventFileMatched)
        case "file_unmatched", "match_failed": with("file", .eventFileUnmatchedNamed, .eventFileUnmatched)
        case "anime_matching": page[.eventAnimeMatching]
        default: nil
        }
    }

    private func user(_ event: String) -> String? {
        switch event {
        case "attention": with("reason", .eventAttentionFor, .eventAttention)
        case "retry_accepted":
            self["name"] == nil ? page[.eventRetried] : with("action", .eventRetriedDoing, .eventRetriedBy)
        case "override":
            with("reason", stageWord == nil ? .eventOverriddenFor : .eventOverriddenToFor, .eventOverridden)
        case "override_cleared": with("name", .eventOverrideClearedBy, .eventOverrideCleared)
        default: nil
        }
    }

    private func library(_ event: String) -> String? {
        switch event {
        case "syncing_library": page[.eventSyncingLibrary]
        case "scan_requested": page[.eventScanRequested]
        case "available": page[.eventAvailable]
        case "available_uncertain": page[.eventAvailableUncertain]
        case "deleted": page[.eventDeleted]
        case "earlier_tracker": self["text"] ?? page[.eventEarlier]
        case "synced_from_library": page[.eventSynced]
        case "found_in_library": page[.eventFound]
        case "metadata_filled": page[.eventFilled]
        default: nil
        }
    }

    private var bytes: Int64? { values["size"].flatMap { Int64($0) } }

    private var stageWord: String? {
        self["stage"].flatMap { StageBadge.Stage(rawValue: $0) }.map { StageBadge.word($0, page) }
    }

    private var grabbed: String {
        if count > 1 {
            let key: Strings.Key = self["units"] == nil ? .eventGrabbedEpisodes : .eventGrabbedPack
            return page[key, count: count, values]
        }
        switch (self["quality"], self["indexer"]) {
        case (.some, .some): return sized(page[.eventGrabbedFrom, values])
        case (.some, nil): return sized(page[.eventGrabbedQuality, values])
        case (nil, .some): return sized(page[.eventGrabbedIndexer, values])
        case (nil, nil): return sized(page[.eventGrabbed])
        }
    }

    private func sized(_ text: String) -> String {
        BytesText.size(bytes).map { page[.eventWithSize, ["text": text, "size": $0]] } ?? text
    }

    private func ofService(_ key: Strings.Key, _ without: Strings.Key) -> String {
        guard let service = self["service"] else { return page[without] }
        return page[key, ["service": ActionWords.service(service, page)]]
    }

    /// The sentence that names a value, or the one that does without.
    private func with(_ name: String, _ key: Strings.Key, _ without: Strings.Key) -> String {
        var filled = values
        filled["stage"] = stageWord
        if key == .eventOverriddenFor || key == .eventOverriddenToFor, self["name"] == nil {
            filled["name"] = page[.serviceMarquee]
        }
        return self[name] == nil ? page[without, filled] : page[key, filled]
    }
}
