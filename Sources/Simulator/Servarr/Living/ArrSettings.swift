/// Exclusions and the settings of files, of an *arr.
struct ArrSettings {
    let life: ArrLife

    /// `exclusions` (Radarr) or `importlistexclusion` (Sonarr).
    func exclusions(_ rest: [String], _ call: Call) -> Answer {
        life.engine.with { state in
            switch (call.method, rest.count) {
            case ("GET", 0):
                let own = state.exclusions.filter { $0.service == life.service }
                return .json(.array(own.map { json($0, state) }))
            case ("DELETE", 1):
                guard
                    let place = state.exclusions.firstIndex(where: {
                        $0.service == life.service && String($0.id) == rest[0]
                    })
                else { return .arrNotFound }
                state.exclusions.remove(at: place)
                return .json([:])
            default: return Answer(405)
            }
        }
    }

    private func json(_ exclusion: FlowExclusion, _ state: FlowState) -> JSON {
        let title = state.title(exclusion.title)
        guard life.isRadarr else {
            return [
                "tvdbId": .integer(title.tvdb ?? 0), "title": .string(title.name), "id": .integer(exclusion.id),
            ]
        }
        return [
            "tmdbId": .integer(title.tmdb), "movieTitle": .string(title.name), "movieYear": .integer(title.year),
            "id": .integer(exclusion.id),
        ]
    }

    /// `config/mediamanagement`: where deleted files go is the one thing that can be set.
    func mediaManagement(_ call: Call) -> Answer {
        life.engine.with { state in
            if call.method == "PUT" {
                guard let bin = JSON(parsing: call.body)?["recycleBin"]?.text else {
                    return .arrInvalid("RecycleBin", "'Recycle Bin' must be a path.")
                }
                state.recycleBins[life.service] = bin
            }
            let json: JSON = [
                "autoUnmonitorPreviouslyDownloadedMovies": false, "recycleBin": .string(bin(state)),
                "recycleBinCleanupDays": 7, "downloadPropersAndRepacks": "preferAndUpgrade",
                "createEmptyMovieFolders": false, "deleteEmptyFolders": true, "fileDate": "none",
                "rescanAfterRefresh": "always", "setPermissionsLinux": false, "chmodFolder": "755", "chownGroup": "",
                "skipFreeSpaceCheckWhenImporting": false, "minimumFreeSpaceWhenImporting": 100,
                "copyUsingHardlinks": true, "importExtraFiles": false, "extraFileExtensions": "srt",
                "enableMediaInfo": true, "id": 1,
            ]
            return .json(json, status: call.method == "PUT" ? 202 : 200)
        }
    }

    private func bin(_ state: FlowState) -> String { state.recycleBins[life.service] ?? "" }
}
