// What the services tell their listeners.
extension FlowState {
    enum SeerrNews: Sendable { case pending, autoApproved, approved, declined, failed, available }

    mutating func tell(_ news: SeerrNews, _ request: Int) {}
    mutating func tellAdded(_ entry: Int) {}
    mutating func tellGrab(_ download: Int) {}
    mutating func tellFinished(_ download: Int) {}
    mutating func tellBlocked(_ download: Int) {}
    mutating func tellImported(_ download: Int, _ unit: Int, _ file: ArrFile, replaced: ArrFile?) {}
    mutating func tellImportComplete(_ download: Int) {}
    mutating func tellFileDeleted(_ entry: Int, _ unit: Int, _ file: ArrFile, reason: String) {}
    mutating func tellItemAdded(_ slot: Int) {}
    mutating func tellItemDeleted(_ slot: Int) {}
}
