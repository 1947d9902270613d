/// The names of what needs a person, and of what can be done; the sentence itself comes with the request.
public enum AttentionWords {
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
