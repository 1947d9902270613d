/// One hop of a title's life, planned on the agenda.
///
/// Numbers are places in `FlowState`'s lists.
enum FlowEvent: Sendable, Hashable {
    case approve(request: Int)
    case addToArr(request: Int)
    case search(entry: Int, units: [Int])
    case metadata(download: Int)
    /// `plan` must be the download's present one: stopping and starting makes plans void.
    case stall(download: Int, plan: Int)
    case resume(download: Int, plan: Int)
    case finish(download: Int, plan: Int)
    case importing(download: Int)
    case importFile(download: Int, place: Int)
    case shokoDetect(path: String)
    case shokoHash(file: Int)
    case shokoMatch(file: Int)
    case shokoMetadata(file: Int)
    case monitor(path: String)
    case identify(item: Int)
    case itemAdded(item: Int, round: Int)
    case seerrScan
    case air(title: Int, unit: Int)
    case removeFiles(paths: [String])
    case scenario
    case nextDemand
}
