import JSONStream

/// What a webhook is about, as far as its body says it in one of the places where services put a title.
enum HookSubject {
    /// - Parameter body: as received.
    /// - Returns: at most 200 characters; nil for what is no JSON, or names nothing.
    static func title(_ body: [UInt8]) -> String? {
        guard let root = try? JSONTree(body).root else { return nil }
        let places = [
            root["movie"]["title"], root["series"]["title"], root["subject"], root["SeriesName"], root["Name"],
            root["title"], root["name"],
        ]
        let title = places.lazy.compactMap(\.text).first { !$0.isEmpty }
        return title.map { String($0.prefix(200)) }
    }
}
