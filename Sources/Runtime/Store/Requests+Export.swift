public import Database
import Media

extension Reader {
    /// The ids of everything that a query finds, in its order; where its page begins and ends is not looked at.
    public func requestIDs(_ query: RequestQuery) throws -> [Int64] {
        let filter = RequestFilter(query, backend: backend)
        return try rows("SELECT id FROM requests" + filter.text + query.sort.order, filter.values) { $0.integer(0) }
    }

    /// The requests of these ids in that order, without those that are gone or that the caller may not know of.
    public func requests(_ ids: [Int64], visibleTo visibility: Visibility) throws -> [RequestRecord] {
        var found: [Int64: RequestRecord] = [:]
        for start in stride(from: 0, to: ids.count, by: Self.idsAtOnce) {
            var filter = RequestFilter(visibleTo: visibility)
            var list: SQL = ""
            for id in ids[start..<min(start + Self.idsAtOnce, ids.count)] {
                list = list + (list.text.isEmpty ? "" : ", ") + filter.placeholder(.integer(id))
            }
            filter.and("id IN (" + list + ")")
            let rows = try rows("SELECT " + RequestRecord.columns + " FROM requests" + filter.text, filter.values) {
                RequestRecord($0)
            }
            for row in rows { found[row.id] = row }
        }
        return ids.compactMap { found[$0] }
    }

    private static var idsAtOnce: Int { 20 }
}

extension RequestQuery.Sort {
    var order: SQL {
        switch self {
        case .updated: " ORDER BY updated_at DESC, id DESC"
        case .created: " ORDER BY created_at DESC, id DESC"
        case .title: " ORDER BY title_key, id"
        case .state: " ORDER BY state, id"
        }
    }
}
