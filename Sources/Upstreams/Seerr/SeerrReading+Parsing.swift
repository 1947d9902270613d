import JSONStream
import Media

extension SeerrReading {
    /// Reads a request as every generation sends it; nil without an id or a known type.
    init?(_ value: JSONNode) {
        let media = value["media"]
        guard let id = value["id"].integer, id > 0, let status = value["status"].integer,
            let word = value["type"].word ?? media["mediaType"].word,
            let type = MediaType(rawValue: word.lowercased())
        else { return nil }
        let is4k = value["is4k"].bool ?? (value["is4k"].integer == 1)
        self.init(id: id, status: status, mediaType: type, variant: is4k ? .uhd : .hd, seasons: Self.seasons(value))
        mediaStatus = media[is4k ? "status4k" : "status"].integer
        mediaID = media["id"].positive
        tmdb = media["tmdbId"].positive
        tvdb = media["tvdbId"].positive
        imdb = media["imdbId"].word
        arrTitle = media[is4k ? "externalServiceId4k" : "externalServiceId"].positive
        // Servers are counted from 0.
        arrServer = media[is4k ? "serviceId4k" : "serviceId"].integer
        let user = value["requestedBy"]
        requester = user["displayName"].word ?? user["username"].word ?? user["jellyfinUsername"].word
        owner = user["jellyfinUserId"].word.flatMap { JellyfinUserID($0) }
        createdAt = value["createdAt"].word.flatMap { Timestamp(rfc3339: $0) }
        updatedAt = value["updatedAt"].word.flatMap { Timestamp(rfc3339: $0) }
    }

    private static func seasons(_ value: JSONNode) -> [Int] {
        let numbers = value["seasons"].elements.compactMap { $0["seasonNumber"].integer ?? $0.integer }
        return Set(numbers.compactMap { Int(exactly: $0) }.filter { $0 >= 0 }).sorted()
    }
}
