/// Something Shoko tells its listeners.
enum ShokoHappening: Sendable, Hashable {
    case detected(FlowShokoFile)
    case hashed(FlowShokoFile)
    /// Its series may still be unknown: `CrossReference.seriesID` is nil then.
    case matched(FlowShokoFile)
    case notMatched(FlowShokoFile)
    /// Moved or renamed; `FlowShokoFile.previousPath` says from where.
    case moved(FlowShokoFile)
    case deleted(FlowShokoFile)
    case seriesUpdated(FlowShokoSeries, isNew: Bool)
    /// One episode of a series.
    case episodeUpdated(FlowShokoSeries, FlowShokoSeries.Episode, isNew: Bool)
}
