import HTTPServer

extension FakeWorld {
    // MARK: Radarr and Sonarr

    mutating func arr(_ service: String, _ request: Request, _ path: String) -> Response {
        let arr = arrs[service] ?? Arr()
        let isRadarr = service.hasPrefix("radarr")
        let list = isRadarr ? "api/v3/movie" : "api/v3/series"
        switch path {
        case "api/v3/system/status":
            return .json(["appName": isRadarr ? "Radarr" : "Sonarr", "version": "5.16.0.1", "urlBase": ""])
        case "api/v3/tag": return .json([])
        case list: return .json(.array(arr.titles))
        case "api/v3/queue":
            if request.query.first("page") ?? "1" == "1" {
                arrs[service]?.lacking = arr.lackingOnce
                arrs[service]?.lackingOnce = 0
            }
            if let broken = arr.brokenPage, request.query.first("page") == broken {
                return .text("broken", status: 500)
            }
            return page(arr.queue.dropLast(arrs[service]?.lacking ?? 0), request)
        case "api/v3/wanted/missing": return page(arr.missing, request)
        case "api/v3/history/since": return .json(.array(arr.history))
        case "api/v3/release": return .json(.array(arr.releases))
        case "api/v3/episode":
            let series = request.query.first("seriesId").flatMap { Int($0) }
            return .json(.array(arr.episodes.filter { $0["seriesId"].int == series }))
        case "api/v3/command": return .json(["id": 77, "status": "queued"], status: 201)
        default:
            let id = path.split(separator: "/").last.flatMap { Int($0) }
            if path.hasPrefix(list + "/"), let title = arr.titles.first(where: { $0["id"].int == id }) {
                return .json(title)
            }
            return .json(["message": "NotFound"], status: 404)
        }
    }

    private func page(_ records: [JSON], _ request: Request) -> Response {
        let page = request.query.first("page").flatMap { Int($0) } ?? 1
        let size = request.query.first("pageSize").flatMap { Int($0) } ?? 10
        return .json([
            "page": .int(page), "pageSize": .int(size), "totalRecords": .int(records.count),
            "records": .array(Array(records.dropFirst((page - 1) * size).prefix(size))),
        ])
    }

    // MARK: Seerr

    func seerr(_ request: Request, _ path: String) -> Response {
        let parts = path.split(separator: "/").dropFirst(2).map(String.init)
        let take = request.query.first("take").flatMap { Int($0) } ?? 10
        let skip = request.query.first("skip").flatMap { Int($0) } ?? 0
        switch parts.first {
        case "status": return .json(["version": "2.7.0", "commitTag": "local"])
        case "media": return .json(["pageInfo": ["pages": 0, "pageSize": 1, "results": 0, "page": 1], "results": []])
        case "request" where parts.count == 1:
            let all = seerrRequests.sorted { ($0["updatedAt"].string ?? "") > ($1["updatedAt"].string ?? "") }
            return .json([
                "pageInfo": [
                    "pages": .int((all.count + take - 1) / take), "pageSize": .int(take), "results": .int(all.count),
                    "page": .int(skip / take + 1),
                ], "results": .array(Array(all.dropFirst(skip).prefix(take))),
            ])
        case "request":
            let found = seerrRequests.first { $0["id"].int == Int(parts[1]) }
            return found.map { .json($0) } ?? .json(["message": "Request not found."], status: 404)
        default:
            let found = seerrTitles[parts.joined(separator: "/")]
            return found.map { .json($0) } ?? .json(["message": "Unable to retrieve."], status: 404)
        }
    }

    // MARK: qBittorrent

    mutating func qbittorrent(_ request: Request, _ path: String) -> Response {
        if path == "api/v2/auth/login" { return login(String(decoding: request.body, as: UTF8.self)) }
        if let sessions {
            let cookie = request.headers["Cookie"] ?? ""
            guard sessions.contains(where: { cookie.contains($0) }) else { return .text("Forbidden", status: 403) }
        }
        switch path {
        case "api/v2/app/version": return .text("v5.1.4")
        case "api/v2/app/webapiVersion": return .text("2.11.4")
        case "api/v2/sync/maindata":
            return maindata(after: request.query.first("rid").flatMap { Int($0) } ?? 0)
        case "api/v2/torrents/files":
            return .json(.array(torrentFiles[request.query.first("hash") ?? ""] ?? []))
        case "api/v2/torrents/info":
            return .json(.array(torrents.map { $0.value.with(["hash": .string($0.key)]) }))
        default: return .text("", status: 404)
        }
    }

    private mutating func login(_ form: String) -> Response {
        guard form.contains("password=\(password)") else {
            return hasNewLogin ? .text("", status: 401) : .text("Fails.")
        }
        let session = "session\(calls.count)"
        sessions?.insert(session)
        let cookie = hasNewLogin ? "QBT_SID_8080=\(session)" : "SID=\(session)"
        return (hasNewLogin ? Response(204) : .text("Ok.")).adding("Set-Cookie", cookie + "; HttpOnly; path=/")
    }

    // MARK: Jellyfin

    func jellyfin(_ request: Request, _ path: String) -> Response {
        switch path {
        case "System/Info/Public":
            return .json([
                "Id": "0123456789abcdef0123456789abcdef", "ServerName": "Played", "Version": "10.11.1",
                "ProductName": "Jellyfin Server", "StartupWizardCompleted": true,
            ])
        case "Library/VirtualFolders": return .json([])
        case "Items": return .json(list(request))
        default: return Response(204)
        }
    }

    private func list(_ request: Request) -> JSON {
        func words(_ name: String) -> [String]? {
            let found = request.query.parameters.first { $0.name.lowercased() == name.lowercased() }?.value
            return found.map { $0.split(separator: ",").map(String.init) }
        }
        var found = items
        if let ids = words("ids") {
            found = found.filter { ids.contains($0["Id"].string ?? "") }
        } else {
            if let kinds = words("includeItemTypes") {
                found = found.filter { kinds.contains($0["Type"].string ?? "") }
            }
            if let parent = words("parentId")?.first { found = found.filter { $0["SeriesId"].string == parent } }
        }
        let start = words("startIndex")?.first.flatMap { Int($0) } ?? 0
        let limit = words("limit")?.first.flatMap { Int($0) } ?? found.count
        return [
            "Items": .array(Array(found.dropFirst(start).prefix(limit))), "TotalRecordCount": .int(found.count),
            "StartIndex": .int(start),
        ]
    }
}
