/// The sentences of what needs a person.
///
/// Each sentence has a name and values, which are stored, so that any language can be written later. Times are
/// milliseconds.
public enum AttentionWords {
    /// The reason in words; nil for a name this version does not know or whose values are missing.
    ///
    /// Names and values: `not_in_arr` service, kind (`movie`, `tv`); `not_monitored` service; `rejected` reasons;
    /// `no_release`; `not_listed` service, time; `stalled` state, seeds; `client_error` message; `slow` percent, time;
    /// `blocked` messages; `queue_state` service, state; `not_in_queue` service; `unmatched` file, tries;
    /// `never_seen` file; `still_unmatched` file; `stub` item; `not_found` path; `failed` message; `unreachable`
    /// service, error.
    public static func sentence(_ name: String, _ values: [String: String], _ strings: Strings = .english) -> String? {
        let page = PageContext(strings: strings)
        var values = values
        if let service = values["service"] { values["service"] = ActionWords.service(service, page) }
        if let time = values["time"].flatMap({ Int64($0) }) {
            values["time"] = DurationText.short(milliseconds: time, page)
        }
        func filled(_ key: Strings.Key, _ needed: String...) -> String? {
            needed.allSatisfy { values[$0]?.isEmpty == false } ? page[key, values] : nil
        }
        switch name {
        case "not_in_arr": return filled(values["kind"] == "tv" ? .reasonNoSeries : .reasonNoMovie, "service")
        case "not_monitored": return filled(.reasonNotMonitored, "service")
        case "rejected": return filled(.reasonRejected, "reasons")
        case "no_release": return filled(.reasonNoRelease)
        case "not_listed": return filled(.reasonNotListed, "service", "time")
        case "stalled": return filled(.reasonStalled, "state", "seeds") ?? filled(.reasonStalledState, "state")
        case "client_error", "failed": return filled(.reasonMessage, "message") ?? filled(.reasonFailed)
        case "slow": return filled(.reasonSlow, "percent", "time")
        case "blocked": return filled(.reasonBlocked, "messages")
        case "queue_state": return filled(.reasonQueueState, "service", "state")
        case "not_in_queue": return filled(.reasonNotInQueue, "service")
        case "unmatched":
            guard let tries = values["tries"].flatMap({ Int64($0) }) else { return filled(.reasonUnmatched, "file") }
            return values["file"] == nil ? nil : page[.reasonUnmatchedTries, count: tries, values]
        case "never_seen": return filled(.reasonNeverSeen, "file")
        case "still_unmatched": return filled(.reasonStillUnmatched, "file")
        case "stub": return filled(.reasonStub, "item")
        case "not_found": return filled(.reasonNotFound, "path")
        case "unreachable": return filled(.reasonUnreachable, "service", "error")
        default: return nil
        }
    }

    /// The sentence of one attention: from the catalogue, else its reason as it stands.
    static func sentence(_ attention: Attention, _ page: PageContext) -> String {
        attention.sentence.flatMap { sentence($0, attention.values, page.strings) } ?? attention.reason
    }

    /// What is wrong, in two or three words.
    static func word(_ code: Attention.Code, _ page: PageContext) -> String {
        switch code {
        case .timeout: page[.attentionTimeout]
        case .notGrabbed: page[.attentionNotGrabbed]
        case .releasesRejected: page[.attentionRejected]
        case .downloadStalled: page[.attentionStalled]
        case .downloadError: page[.attentionDownloadError]
        case .importBlocked: page[.attentionImportBlocked]
        case .matchFailed: page[.attentionMatchFailed]
        case .metadataOnly: page[.attentionMetadataOnly]
        case .notAppearing: page[.attentionNotAppearing]
        case .upstreamUnreachable: page[.attentionUnreachable]
        }
    }

    /// What a retry will do: "Search again in Radarr".
    static func retry(_ action: RetryAction?, _ page: PageContext) -> String {
        switch action {
        case .search(let service): page[.retrySearch, ["service": ActionWords.service(service, page)]]
        case .requestAgain(let service): page[.retryRequest, ["service": ActionWords.service(service, page)]]
        case .refresh(let service): page[.retryRefresh, ["service": ActionWords.service(service, page)]]
        case .relist(let service): page[.retryRelist, ["service": ActionWords.service(service, page)]]
        case nil: page[.retryPlain]
        }
    }
}
