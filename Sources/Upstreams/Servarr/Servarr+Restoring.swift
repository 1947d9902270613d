public import HTTPClient
import JSONStream
public import Media

extension Servarr {
    /// What an entry is added again with, where it cannot be as it was; nil leaves it as it was.
    public struct Choice: Sendable, Hashable {
        public var qualityProfile: Int64?
        public var tags: [Int64]?
        public var rootFolder: String?

        public init(qualityProfile: Int64? = nil, tags: [Int64]? = nil, rootFolder: String? = nil) {
            self.qualityProfile = qualityProfile
            self.tags = tags
            self.rootFolder = rootFolder
        }
    }

    /// Adds a title again as it was: profile, tags, folder, monitored flags of its seasons, series type.
    ///
    /// Sonarr sets its episodes' flags by their seasons while it fetches them; single ones are set afterwards, by
    /// `monitor(episodes:_:)`.
    /// - Parameters:
    ///   - entry: the entry as it was read before it was deleted.
    ///   - choice: what takes the place of what no longer exists.
    ///   - searching: whether the program shall look for releases at once.
    /// - Returns: the new entry, with another number.
    /// - Throws: `UpstreamError`; `.status(400)` with the program's words where it refuses, such as for a title that is
    ///   there already.
    public func addTitle(
        from entry: ArrEntry, choice: Choice = Choice(), searching: Bool = false
    ) async throws(UpstreamError) -> ArrEntry {
        var call = request(noun, method: "POST", timeout: .seconds(60))
        guard entry.type == kind.mediaType, let old = try? JSONTree(Array(entry.json.utf8)).root,
            old.kind == .object
        else { throw call.failure(.invalid("entry"), cause: "it is none of this program's") }
        call.headers.append(("Content-Type", "application/json"))
        call.body = restored(old, entry, choice, searching)
        call.isRetried = false
        guard let added = ArrEntry(try await answer(to: call), kind) else {
            throw call.failure(.undecodable(field: "id"), cause: "\(kind.rawValue) did not name the new title")
        }
        return added
    }

    private func restored(
        _ old: JSONNode, _ entry: ArrEntry, _ choice: Choice, _ searching: Bool
    ) -> [UInt8] {
        var body = JSONWriter()
        body.object { json in
            for (key, value) in old.members where Self.restorable.contains(key) {
                json.key(string: key)
                json.value(value)
            }
            json.field("qualityProfileId", choice.qualityProfile ?? entry.qualityProfile)
            json.array("tags") { for tag in choice.tags ?? entry.tags { $0.value(tag) } }
            if let folder = choice.rootFolder {
                json.field("rootFolderPath", folder)
            } else {
                // The very folder it had, whatever the program would call a new one.
                json.field("path", entry.path)
                json.field("rootFolderPath", entry.rootFolder)
            }
            json.object("addOptions") { json in
                switch kind {
                case .radarr: json.field("searchForMovie", searching)
                case .sonarr: json.field("searchForMissingEpisodes", searching)
                }
            }
        }
        return body.bytes
    }

    /// What is given back as it was; the program makes the rest anew.
    private static let restorable: Set<String> = [
        "title", "originalTitle", "sortTitle", "year", "titleSlug", "tmdbId", "tvdbId", "imdbId", "tvMazeId", "images",
        "monitored", "monitorNewItems", "minimumAvailability", "seasons", "seasonFolder", "seriesType",
        "languageProfileId", "useSceneNumbering",
    ]

    /// Lists what may never come back from import lists.
    ///
    /// - Throws: `UpstreamError` unless the whole answer came.
    public func exclusions() async throws(UpstreamError) -> [ArrExclusion] {
        try await records(request(exclusionPath, timeout: .seconds(120))).compactMap { node in
            guard let id = node["id"].integer.flatMap({ ArrExclusionID($0) }),
                let provider = (kind == .radarr ? node["tmdbId"] : node["tvdbId"]).id
            else { return nil }
            return ArrExclusion(
                id: id, provider: provider,
                title: (kind == .radarr ? node["movieTitle"] : node["title"]).filledText)
        }
    }

    /// Lets import lists bring a title again.
    ///
    /// - Throws: `UpstreamError`; nothing was changed then, unless no answer came at all.
    public func removeExclusion(_ id: ArrExclusionID) async throws(UpstreamError) -> Removal {
        try await remove(request(exclusionPath, String(id.value), method: "DELETE", timeout: .seconds(10)))
    }

    private var exclusionPath: String { kind == .radarr ? "exclusions" : "importlistexclusion" }

    /// Lists the quality profiles there are.
    public func qualityProfiles() async throws(UpstreamError) -> [ArrOption] {
        try await options("qualityprofile") { $0["name"] }
    }

    /// Lists the tags there are.
    public func tags() async throws(UpstreamError) -> [ArrOption] { try await options("tag") { $0["label"] } }

    /// Lists the root folders there are, as the program sees them.
    public func rootFolders() async throws(UpstreamError) -> [ArrOption] {
        try await options("rootfolder") { $0["path"] }
    }

    private func options(
        _ path: String, _ name: (JSONNode) -> JSONNode
    ) async throws(UpstreamError) -> [ArrOption] {
        try await records(request(path, timeout: .seconds(10))).compactMap { node in
            node["id"].id.map { ArrOption(id: $0, name: name(node).filledText ?? "") }
        }
    }
}
