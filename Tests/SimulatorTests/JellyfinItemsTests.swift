import Foundation
import Simulator
import Testing

/// `GET /Items` as upstreams.md §6.5 tells it.
@Suite("Jellyfin's listing")
struct JellyfinItemsTests {
    let stack = Stack()
    /// What a sync asks for, but for the page.
    let sync =
        "/Items?recursive=true&includeItemTypes=Movie,Series&collapseBoxSetItems=false&enableUserData=false"
        + "&fields=ProviderIds,Path,Overview,DateCreated,MediaSources&sortBy=DateCreated,SortName&sortOrder=Ascending"

    @Test("fits together page by page, each item once, in order, with the total")
    func pages() async {
        let whole = await stack.jellyfin(sync)
        var ids: [String] = []
        var start = 0
        while true {
            let page = await stack.jellyfin(sync + "&startIndex=\(start)&limit=7")
            #expect(page.total == whole.total && page.object.int("StartIndex") == start)
            ids += page.ids
            start += 7
            if page.items.count < 7 { break }
        }
        #expect(ids == whole.ids)
        #expect(Set(ids).count == whole.total)
        let dates = whole.items.compactMap { $0.text("DateCreated") }
        #expect(dates == dates.sorted() && dates.count == whole.total)
    }

    @Test("ignores unknown parameters and values, and takes names in any case")
    func lenient() async {
        let whole = await stack.jellyfin(sync)
        let odd = await stack.jellyfin(sync + "&AnyProviderIdEquals=tmdb.1&whatever=1&fields=Nonsense")
        #expect(odd.bytes == whole.bytes)
        let cased = await stack.jellyfin(
            "/items?Recursive=true&INCLUDEITEMTYPES=movie,series&CollapseBoxSetItems=false")
        #expect(cased.total == whole.total)
        let unknown = await stack.jellyfin("/Items?recursive=true&includeItemTypes=Nonsense")
        let none = await stack.jellyfin("/Items?recursive=true")
        #expect(unknown.total == none.total)
        let sorted = await stack.jellyfin("/Items?recursive=true&sortBy=DateLastSaved")
        #expect(sorted.ids == none.ids)
    }

    @Test("brings box sets, folders, seasons and episodes when no type is asked for")
    func allTypes() async {
        let types = Set(await stack.jellyfin("/Items?recursive=true").items.compactMap { $0.text("Type") })
        #expect(types.isSuperset(of: ["Movie", "Series", "Season", "Episode", "BoxSet", "CollectionFolder"]))
    }

    @Test("collapses films into box sets unless refused")
    func collapse() async {
        let refused = await stack.jellyfin("/Items?recursive=true&includeItemTypes=Movie&collapseBoxSetItems=false")
        let silent = await stack.jellyfin("/Items?recursive=true&includeItemTypes=Movie")
        #expect(refused.items.allSatisfy { $0.text("Type") == "Movie" })
        #expect(silent.items.contains { $0.text("Type") == "BoxSet" })
        #expect(silent.total < refused.total)
    }

    @Test("counts only the page when told not to count")
    func pageCount() async {
        let page = await stack.jellyfin(sync + "&limit=5&enableTotalRecordCount=false")
        #expect(page.total == 5)
        let last = await stack.jellyfin(sync + "&startIndex=100000&limit=5&enableTotalRecordCount=false")
        #expect(last.total == 0 && last.items.isEmpty)
    }

    @Test("shows fields only when asked for")
    func fields() async {
        let bare = await stack.jellyfin("/Items?recursive=true&includeItemTypes=Movie&collapseBoxSetItems=false")
        let gated = ["ProviderIds", "Path", "Overview", "DateCreated", "MediaSources", "ParentId", "Genres"]
        #expect(bare.items.allSatisfy { item in gated.allSatisfy { item[$0] == nil } })
        let full = await stack.jellyfin(sync + "&fields=ParentId,Genres")
        #expect(full.items.allSatisfy { $0["ProviderIds"] != nil && $0["DateCreated"] != nil && $0["ParentId"] != nil })
        #expect(full.items.contains { ($0["MediaSources"] as? [Any])?.count == 2 })
    }

    @Test("finds items by id, whatever else is asked, dashes or not, unknown ones just missing")
    func byID() async {
        let ids = Array(await stack.jellyfin(sync).ids.prefix(3).reversed())
        let dashed = ids[0].prefix(8) + "-" + ids[0].dropFirst(8).prefix(4) + "-" + ids[0].dropFirst(12)
        let list = "\(dashed),00000000000000000000000000000000,\(ids[1].uppercased()),\(ids[2])"
        let found = await stack.jellyfin("/Items?ids=\(list)&parentId=\(ids[0])&fields=Path")
        #expect(found.ids == ids)
        let invalid = await stack.jellyfin("/Items?ids=nonsense&recursive=true")
        #expect(invalid.total == (await stack.jellyfin("/Items?recursive=true").total))
    }

    @Test("filters by having a provider id")
    func hasProvider() async {
        let with = await stack.jellyfin(sync + "&hasTmdbId=true")
        let without = await stack.jellyfin(sync + "&hasTmdbId=false")
        #expect(with.total + without.total == (await stack.jellyfin(sync).total))
        #expect(with.items.allSatisfy { !($0.object("ProviderIds").text("Tmdb") ?? "").isEmpty })
    }

    @Test("searches names and lists the children of a library")
    func searchAndParent() async {
        let item = await stack.jellyfin(sync).items[5]
        let name = item.text("Name") ?? ""
        let query = name.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
        let found = await stack.jellyfin("/Items?recursive=true&collapseBoxSetItems=false&searchTerm=\(query)")
        #expect(found.items.contains { $0.text("Name") == name })
        let folders = await stack.jellyfin("/Library/VirtualFolders").array
        var sum = 0
        for folder in folders {
            sum += await stack.jellyfin(sync + "&parentId=\(folder.text("ItemId") ?? "")").total
        }
        #expect(sum == (await stack.jellyfin(sync).total))
        #expect(folders.contains { $0["CollectionType"] == nil })
    }

    @Test("lists the episodes of a series by their parent, a missing one as Virtual")
    func episodes() async {
        let report = await stack.get("/simulator/titles/\(60 + 2)").object
        let id = (report.object("services")["jellyfin"] as? [[String: Any]])?.first?.text("id") ?? ""
        let list = await stack.jellyfin("/Items?recursive=true&includeItemTypes=Episode&parentId=\(id)&fields=Path")
        #expect(!list.items.isEmpty && list.items.allSatisfy { $0.text("SeriesId") == id })
        let missing = list.items.filter { $0.text("LocationType") == "Virtual" }
        #expect(missing.count == 1 && missing[0]["Path"] == nil)
        let all = await stack.jellyfin("/Items?recursive=true&includeItemTypes=Episode")
        #expect(all.total == (await stack.get("/simulator/state").object.object("jellyfin").int("Episode")))
    }

    @Test("shows the odd cases")
    func oddCases() async {
        let items = await stack.jellyfin(sync).items
        let ids = items.map { $0.object("ProviderIds") }
        #expect(ids.contains { $0.isEmpty })
        #expect(ids.contains { $0.count == 1 && $0["AniDB"] != nil })
        #expect(ids.contains { $0.text("Tmdb") == "" })
        #expect(ids.contains { $0.text("Tmdb")?.hasPrefix(" ") == true })
        #expect(ids.contains { $0["IMDB"] != nil && $0["Imdb"] == nil })
        #expect(items.contains { $0.text("DateCreated")?.hasPrefix("20") == true && $0.text("DateCreated")! > "2080" })
        #expect(items.contains { $0.text("Type") == "Movie" && $0["Path"] == nil })
        #expect(items.contains { ($0.object("ImageTags")).isEmpty })
        let widths = await stack.jellyfin("/Items?recursive=true&includeItemTypes=Movie&fields=Width").items
        #expect(widths.contains { $0.int("Width") == 3_840 })
    }

    @Test("shows user data to users only, and not when refused")
    func userData() async {
        #expect(await stack.jellyfin("/Items?recursive=true&limit=1").items[0]["UserData"] == nil)
        let users = await stack.jellyfin("/Users").array
        let id = users.first?.text("Id") ?? ""
        #expect(await stack.jellyfin("/Items?recursive=true&limit=1&userId=\(id)").items[0]["UserData"] != nil)
        #expect(
            await stack.jellyfin("/Users/\(id)/Items?recursive=true&limit=1&enableUserData=false").items[0]["UserData"]
                == nil)
        #expect(await stack.jellyfin("/Users/\(id)/Views").items.count == 6)
    }

    @Test("sorts descending and by name")
    func sorting() async {
        let down = await stack.jellyfin(sync.replacingOccurrences(of: "Ascending", with: "Descending"))
        let dates = down.items.compactMap { $0.text("DateCreated") }
        #expect(dates == dates.sorted(by: >))
        let named = await stack.jellyfin("/Items?recursive=true&includeItemTypes=Movie&sortBy=SortName&fields=SortName")
        let names = named.items.compactMap { $0.text("SortName") }
        #expect(names.count == named.items.count && names == names.sorted())
    }
}
