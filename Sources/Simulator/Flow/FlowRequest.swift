/// A request in Seerr.
struct FlowRequest: Sendable {
    enum Status: Int, Sendable { case pending = 1, approved, declined, failed, completed }

    let id: Int
    let title: Int
    let is4K: Bool
    /// Season numbers; empty for a film.
    var seasons: [Int]
    /// Place among the users.
    let user: Int
    var status: Status
    let created: Int64
    var updated: Int64
    var isDeleted = false
}

/// What Seerr knows of a requested title itself.
struct FlowMedia: Sendable {
    enum Status: Int, Sendable { case unknown = 1, pending, processing, partial, available, blocklisted, deleted }

    let id: Int
    let title: Int
    var status = Status.unknown
    var status4K = Status.unknown
    let created: Int64
    var updated: Int64
    var added: Int64?
    /// The *arr's id, once it has the title.
    var externalID: Int?
    var externalID4K: Int?
}
