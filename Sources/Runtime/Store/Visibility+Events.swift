public import Changes
public import Database

extension Change.Topic {
    /// Who is told of a change: whoever may read its object (api.md §4).
    enum Audience {
        case everyone
        /// Callers who may know of the request.
        case visitors
        /// Callers who may know of every request.
        case overseers
        /// Marquee's own processes.
        case nobody
    }

    var audience: Audience {
        switch self {
        case .requests, .health: .everyone
        case .request, .requestDeleted: .visitors
        case .job, .finding, .deletion: .overseers
        case .settings, .access: .nobody
        }
    }
}

extension Reader {
    /// Whether a caller may be told of a change, as its request stands now.
    public func isVisible(_ change: Change, to visibility: Visibility) throws -> Bool {
        if change.topic.audience == .nobody { return false }
        if visibility == .all { return true }
        switch change.topic.audience {
        case .everyone: return true
        case .overseers, .nobody: return false
        case .visitors:
            guard let request = change.object else { return false }
            var filter = RequestFilter(visibleTo: visibility)
            filter.and("id = " + filter.placeholder(.integer(request)))
            return try first("SELECT 1 FROM requests" + filter.text, filter.values) { $0.integer(0) } != nil
        }
    }

    /// The events after `id` that a caller may be told of, oldest first, at most `limit`.
    ///
    /// - Returns: nil when events after `id` have been pruned: the listener must start afresh.
    public func events(after id: Int64, visibleTo visibility: Visibility, limit: Int = 10_000) throws -> [Change]? {
        guard try hasEvents(after: id) else { return nil }
        if visibility == .all {
            var filter = RequestFilter(visibleTo: .all)
            let ours = filter.topics(of: .nobody)
            let after = filter.placeholder(.integer(id))
            let most = filter.placeholder(.integer(Int64(limit)))
            return try changes(
                "topic NOT IN (" + ours + ") AND id > " + after + " ORDER BY id LIMIT " + most, filter.values)
        }
        var filter = RequestFilter(visibleTo: visibility)
        let visible: SQL = "object_id IN (SELECT id FROM requests" + filter.text + ")"
        let ofRequests = filter.topics(of: .visitors)
        let ofNobody = filter.topics(of: .everyone)
        let after = filter.placeholder(.integer(id))
        let most = filter.placeholder(.integer(Int64(limit)))
        return try changes(
            "(" + visible + " AND topic IN (" + ofRequests + ") OR topic IN (" + ofNobody + ")) AND id > " + after
                + " ORDER BY id LIMIT " + most, filter.values)
    }
}

extension RequestFilter {
    fileprivate mutating func topics(of audience: Change.Topic.Audience) -> SQL {
        var list: SQL = ""
        for topic in Change.Topic.allCases where topic.audience == audience {
            list = list + (list.text.isEmpty ? "" : ", ") + placeholder(.text(topic.rawValue))
        }
        return list
    }
}
