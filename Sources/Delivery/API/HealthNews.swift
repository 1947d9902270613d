import FoundationEssentials

/// What a `health` event tells: one service was looked at, and perhaps became reachable or ceased to be.
struct HealthNews: Decodable {
    private let service: String
    private let instance: String
    private let changed: Bool?

    /// Reads the data of a change; nil for news that names no single service.
    init?(_ data: String) {
        guard let news = try? JSONDecoder().decode(Self.self, from: Data(data.utf8)) else { return nil }
        self = news
    }

    var hasChanged: Bool { changed ?? true }

    func concerns(_ entry: HealthBoard.Entry) -> Bool { entry.service == service && entry.instance == instance }
}
