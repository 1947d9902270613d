import Foundation
import Simulator
import Testing

@Suite("Jellyfin's access rules")
struct JellyfinAccessTests {
    @Test("takes the MediaBrowser header in every version", arguments: JellyfinVersion.allCases)
    func mediaBrowser(version: JellyfinVersion) async {
        let stack = Stack(jellyfin: version)
        for header in ["MediaBrowser Token=\"\(stack.key)\"", "mediabrowser Client=\"a, b\", Token=\(stack.key)"] {
            #expect(await stack.get("/jellyfin/Users", headers: ["authorization": header]).status == 200)
        }
        #expect(await stack.get("/jellyfin/Users?ApiKey=\(stack.key)").status == 200)
    }

    @Test("takes the older forms up to 10.11 and none of them in 12", arguments: JellyfinVersion.allCases)
    func legacyForms(version: JellyfinVersion) async {
        let stack = Stack(jellyfin: version)
        let expected = version == .v12 ? 401 : 200
        let forms = [
            ["x-emby-token": stack.key], ["x-mediabrowser-token": stack.key],
            ["authorization": "Emby Token=\"\(stack.key)\""],
            ["x-emby-authorization": "MediaBrowser Token=\"\(stack.key)\""],
        ]
        for form in forms { #expect(await stack.get("/jellyfin/Users", headers: form).status == expected) }
        #expect(await stack.get("/jellyfin/Users?api_key=\(stack.key)").status == expected)
    }

    @Test("refuses a missing or wrong key with text, and tells its version to anyone")
    func refusals() async {
        let stack = Stack()
        for key in [nil, "wrong"] {
            let reply = await stack.get("/jellyfin/Items", key: key)
            #expect(reply.status == 401 && reply.headers["Content-Type"]?.hasPrefix("text/plain") == true)
        }
        let info = await stack.get("/jellyfin/System/Info/Public")
        #expect(info.object.text("Version") == "10.11.11" && info.object.text("Id")?.count == 32)
        #expect(await stack.get("/jellyfin/System/Ping").json as? String == "Jellyfin Server")
        #expect(await stack.get("/jellyfin/System/Info").status == 401)
        #expect(await stack.jellyfin("/System/Info").object.text("Version") == "10.11.11")
        #expect(await stack.jellyfin("/Nothing/Here").status == 404)
    }

    @Test("refuses a key where a user is needed")
    func keyWithoutUser() async {
        let stack = Stack()
        #expect(await stack.jellyfin("/Users/Me").status == 400)
        #expect(await stack.jellyfin("/UserViews").status == 400)
        let id = await stack.jellyfin("/Items?recursive=true&limit=1").ids[0]
        let reply = await stack.jellyfin("/Items/\(id)")
        #expect(reply.status == 400 && reply.text == "Error processing request.")
        let user = await stack.jellyfin("/Users").array[0].text("Id") ?? ""
        #expect(await stack.jellyfin("/Items/\(id)?userId=\(user)").object.text("Id") == id)
        #expect(await stack.jellyfin("/Users/\(user)/Items/\(id)").object.text("Id") == id)
        #expect(await Stack(jellyfin: .v10_9).jellyfin("/Items/\(id)").status == 200)
    }

    @Test("differs by version in what a listing without user and minDateLastSaved does")
    func versions() async {
        #expect(await Stack(jellyfin: .v10_8).jellyfin("/Items?recursive=true").status == 400)
        let saved = "/Items?recursive=true&limit=3&minDateLastSaved=2020-01-01T00:00:00Z"
        #expect(await Stack(jellyfin: .v10_9).jellyfin(saved).status == 500)
        #expect(await Stack(jellyfin: .v10_10).jellyfin(saved).status == 500)
        let found = await Stack(jellyfin: .v10_11).jellyfin(saved)
        #expect(found.status == 200 && found.total > 0)
        #expect(found.total < (await Stack(jellyfin: .v10_11).jellyfin("/Items?recursive=true").total))
    }

    @Test("logs users in, shows them to themselves, and forgets them on logout")
    func login() async {
        let stack = Stack(jellyfin: .v12)
        let client = "MediaBrowser Client=\"t\", Device=\"t\", DeviceId=\"d\", Version=\"1\""
        func logIn(_ name: String, _ password: String, _ header: String) async -> Reply {
            await stack.post(
                "/jellyfin/Users/AuthenticateByName", ["Username": name, "Pw": password],
                headers: ["authorization": header])
        }
        #expect(await logIn("admin", "wrong", client).status == 401)
        #expect(await logIn("nobody", "nobody", client).status == 401)
        #expect(await logIn("admin", "admin", "MediaBrowser Client=\"t\"").status == 400)
        let first = await logIn("admin", "admin", client).object
        let token = first.text("AccessToken") ?? ""
        #expect(first.object("User").object("Policy")["IsAdministrator"] as? Bool == true)
        #expect(await stack.get("/jellyfin/Users/Me", key: token).object.text("Name") == "admin")
        let second = await logIn("admin", "admin", client).object.text("AccessToken") ?? ""
        #expect(second != token)
        #expect(await stack.get("/jellyfin/Users/Me", key: token).status == 401)
        let header = ["authorization": "MediaBrowser Token=\"\(second)\""]
        #expect(await stack.call("POST", "/jellyfin/Sessions/Logout", headers: header).status == 204)
        #expect(await stack.get("/jellyfin/Users/Me", key: second).status == 401)
        let key = ["authorization": "MediaBrowser Token=\"\(stack.key)\""]
        #expect(await stack.call("POST", "/jellyfin/Sessions/Logout", headers: key).status == 204)
        #expect(await stack.jellyfin("/Users").status == 200)
    }

    @Test("serves posters to anyone, 404 where there is none")
    func images() async {
        let stack = Stack()
        let items = await stack.jellyfin("/Items?recursive=true").items
        let with = items.first { !$0.object("ImageTags").isEmpty }?.text("Id") ?? ""
        let without = items.first { $0.object("ImageTags").isEmpty }?.text("Id") ?? ""
        let picture = await stack.get("/jellyfin/Items/\(with)/Images/Primary?tag=x&maxWidth=200")
        #expect(picture.status == 200 && picture.headers["Content-Type"] == "image/png")
        #expect(picture.bytes.starts(with: [0x89, 0x50, 0x4E, 0x47]))
        #expect(await stack.get("/jellyfin/Items/\(without)/Images/Primary").status == 404)
    }
}
