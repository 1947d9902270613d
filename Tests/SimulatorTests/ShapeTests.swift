import Foundation
import Simulator
import Testing

/// Answers against the published API descriptions and against what real servers once answered.
@Suite("The shapes of answers", .enabled(if: Shared.isThere, Comment(rawValue: Shared.why)))
struct ShapeTests {
    let stack = Stack()

    @Test("fit Jellyfin's description")
    func jellyfin() async throws {
        let description = try APIDescription("jellyfin-10.11.8.json")
        let user = await stack.jellyfin("/Users").array[0].text("Id") ?? ""
        let fields =
            "ProviderIds,Path,Overview,DateCreated,MediaSources,Genres,ParentId,SortName,OriginalTitle,ChildCount,Settings"
            + ",DateLastMediaAdded,Width,Height"
        let page = await stack.jellyfin("/Items?recursive=true&userId=\(user)&fields=\(fields)")
        #expect(description.problems(page.object, as: "BaseItemDtoQueryResult").isEmpty)
        let one = await stack.jellyfin("/Items/\(page.ids[0])?userId=\(user)")
        #expect(description.problems(one.object, as: "BaseItemDto").isEmpty)
        #expect(description.problems(await stack.jellyfin("/System/Info").object, as: "SystemInfo").isEmpty)
        #expect(
            description.problems(await stack.jellyfin("/System/Info/Public").object, as: "PublicSystemInfo").isEmpty)
        for folder in await stack.jellyfin("/Library/VirtualFolders").array {
            #expect(description.problems(folder, as: "VirtualFolderInfo").isEmpty)
        }
        #expect(description.problems(await stack.jellyfin("/Users/\(user)").object, as: "UserDto").isEmpty)
        let client = "MediaBrowser Client=\"t\", Device=\"t\", DeviceId=\"d\", Version=\"1\""
        let login = await stack.post(
            "/jellyfin/Users/AuthenticateByName", ["Username": "admin", "Pw": "admin"],
            headers: ["authorization": client])
        #expect(description.problems(login.object, as: "AuthenticationResult").isEmpty)
    }

    @Test("would be told apart from others: the checker itself")
    func checker() throws {
        let description = try APIDescription("jellyfin-10.11.8.json")
        let wrong: [String: Any] = [
            "Id": 5, "Name": "x", "IsFolder": 1, "Nope": 1, "Type": "Film", "MediaSources": [["Size": "1"]],
        ]
        #expect(description.problems(wrong, as: "BaseItemDto").count == 5)
        #expect(try APIDescription("radarr-v3.json").missing(["id": 1], of: "TagResource").isEmpty)
        #expect(try APIDescription("radarr-v3.json").missing([:], of: "TagResource") == ["id"])
    }

    @Test("fit Radarr's description, with every scalar it always has")
    func radarr() async throws {
        let description = try APIDescription("radarr-v3.json")
        for film in await stack.arr("radarr", "/movie").array {
            #expect(description.problems(film, as: "MovieResource").isEmpty)
            #expect(description.missing(film, of: "MovieResource").isEmpty)
        }
        try await common(description, "radarr")
    }

    @Test("fit Sonarr's description, with every scalar it always has")
    func sonarr() async throws {
        let description = try APIDescription("sonarr-v3.json")
        for series in await stack.arr("sonarr", "/series").array {
            #expect(description.problems(series, as: "SeriesResource").isEmpty)
            #expect(description.missing(series, of: "SeriesResource").isEmpty)
        }
        for episode in await stack.arr("sonarr", "/episode?seriesId=3").array {
            #expect(description.problems(episode, as: "EpisodeResource").isEmpty)
            #expect(description.missing(episode, of: "EpisodeResource").isEmpty)
        }
        try await common(description, "sonarr")
    }

    private func common(_ description: APIDescription, _ service: String) async throws {
        let status = await stack.arr(service, "/system/status").object
        #expect(description.problems(status, as: "SystemResource").isEmpty)
        #expect(description.missing(status, of: "SystemResource").isEmpty)
        for (path, schema) in [
            ("/qualityprofile", "QualityProfileResource"), ("/rootfolder", "RootFolderResource"),
            ("/tag", "TagResource"),
        ] {
            for record in await stack.arr(service, path).array {
                #expect(description.problems(record, as: schema).isEmpty)
                #expect(description.missing(record, of: schema).isEmpty)
            }
        }
    }

    @Test("have the types real servers were recorded with")
    func recordings() async throws {
        let film = await stack.arr("radarr", "/movie").array[3]
        #expect(Self.conflicts(film, try Shared.json("recordings/radarr/aiopyarr-movie.json")).isEmpty)
        for recorded in try #require(Shared.json("recordings/radarr/ha-movies.json") as? [Any]) {
            #expect(Self.conflicts(film, recorded).isEmpty)
        }
        let series = await stack.arr("sonarr", "/series").array[0]
        for recorded in try #require(Shared.json("recordings/sonarr/pysonarr-series.json") as? [Any]) {
            #expect(Self.conflicts(series, recorded).isEmpty)
        }
        let episode = await stack.arr("sonarr", "/episode?seriesId=1").array[0]
        #expect(Self.conflicts(episode, try Shared.json("recordings/sonarr/aiopyarr-episode.json")).isEmpty)
        let status = await stack.arr("sonarr", "/system/status").object
        let old = try Shared.json("recordings/sonarr/pysonarr-system-status.json")
        // Sonarr 2 said whether it asked for a password; today it says how.
        #expect(Self.conflicts(status, old) == [".authentication"])
        let all = "ProviderIds,Path,Overview,DateCreated,MediaSources,Genres,ParentId,SortName,ChildCount,Settings"
        let item = await stack.jellyfin("/Items?recursive=true&includeItemTypes=Series&fields=\(all)").items[0]
        #expect(Self.conflicts(item, try Shared.json("recordings/jellyfin/item-albums-infest.json")).isEmpty)
    }

    /// Members both have, of another JSON type.
    static func conflicts(_ ours: Any, _ theirs: Any, _ path: String = "") -> Set<String> {
        if let ours = ours as? [String: Any], let theirs = theirs as? [String: Any] {
            return ours.reduce(into: []) { found, member in
                guard let other = theirs[member.key] else { return }
                found.formUnion(conflicts(member.value, other, path + "." + member.key))
            }
        }
        if let ours = ours as? [Any], let theirs = theirs as? [Any] {
            guard let one = ours.first, let other = theirs.first else { return [] }
            return conflicts(one, other, path + "[]")
        }
        return type(ours) == type(theirs) ? [] : [path]
    }

    private static func type(_ value: Any) -> String {
        switch value {
        case is NSNull: "null"
        case is String: "string"
        case is [Any]: "array"
        case is [String: Any]: "object"
        case _ where APIDescription.isBoolean(value): "boolean"
        default: "number"
        }
    }
}
