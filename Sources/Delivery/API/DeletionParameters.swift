import Deletion
import HTTPServer
import JSONStream
import Media

/// Reads what a deletion is asked to do: from the query of a preview, or the body of an order.
struct DeletionParameters {
    let parameters: Parameters
    private let root: JSONNode?

    init(_ request: Request) throws {
        parameters = try Parameters(request)
        root = parameters.isForm ? nil : try? JSONTree(request.body).root
    }

    func options() throws -> DeletionOptions {
        var options = DeletionOptions()
        options.deletesFiles = try parameters.flag("delete_files", default: false)
        options.torrents = try parameters.choice("torrents", TorrentChoice.self) ?? .auto
        options.addsExclusion = try parameters.flag("add_exclusion", default: false)
        options.scope = try scope()
        return options
    }

    /// The order for these requests.
    func order(_ requests: [Int64]) throws -> DeletionOrder {
        var order = DeletionOrder(requests)
        order.options = try options()
        order.planID = try parameters.string("plan_id")
        order.confirmCount = try parameters.integer("confirm_count").map(Int.init)
        return order
    }

    /// `request_ids`: numbers in JSON, a comma list elsewhere.
    func requests() throws -> [Int64] {
        let problem = Problem.invalid("request_ids", "must be a list of ids of requests")
        let ids: [Int64]
        if let list = root?["request_ids"], list.kind == .array {
            ids = try list.elements.map { node in
                guard let id = node.integer, id > 0 else { throw problem }
                return id
            }
        } else {
            ids = try parameters.list("request_ids").map { text in
                guard let id = Int64(text), id > 0 else { throw problem }
                return id
            }
        }
        guard !ids.isEmpty else { throw Problem.invalid("request_ids", "is empty") }
        return ids
    }

    /// `{"seasons":[2]}` or `{"episodes":[{"season":2,"episode":5}]}`; of a query `seasons=2,3`, `episodes=2x5`.
    private func scope() throws -> DeletionScope? {
        let problem = Problem.invalid("scope", "must name seasons or episodes by their numbers")
        if let node = root?["scope"], node.kind != .absent, node.kind != .null {
            guard node.kind == .object else { throw problem }
            let seasons = try node["seasons"].elements.map { try number($0, problem) }
            let episodes = try node["episodes"].elements.map { unit in
                DeletionScope.Unit(
                    season: try number(unit["season"], problem), episode: try number(unit["episode"], problem))
            }
            return DeletionScope(seasons: seasons, episodes: episodes)
        }
        let seasons = try parameters.list("seasons").map { text in
            guard let season = Int(text), (0...99_999).contains(season) else { throw problem }
            return season
        }
        let episodes = try parameters.list("episodes").map { text in
            let parts = text.split(separator: "x").compactMap { Int($0) }
            guard parts.count == 2, parts.allSatisfy({ (0...99_999).contains($0) }) else { throw problem }
            return DeletionScope.Unit(season: parts[0], episode: parts[1])
        }
        return seasons.isEmpty && episodes.isEmpty ? nil : DeletionScope(seasons: seasons, episodes: episodes)
    }

    private func number(_ node: JSONNode, _ problem: Problem) throws -> Int {
        guard let value = node.integer, (0...99_999).contains(value) else { throw problem }
        return Int(value)
    }
}
