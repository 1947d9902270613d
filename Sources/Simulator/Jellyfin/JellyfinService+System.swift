// Detecting the server and logging in.
extension JellyfinService {
    func publicInfo(_ call: Call) -> JSON {
        [
            "LocalAddress": .string("http://127.0.0.1\(call.basePath)"), "ServerName": "Simulated Jellyfin",
            "Version": .string(version.number), "ProductName": "Jellyfin Server", "OperatingSystem": "",
            "Id": .string(serverID), "StartupWizardCompleted": true,
        ]
    }

    func systemInfo(_ call: Call) -> JSON {
        [
            "LocalAddress": .string("http://127.0.0.1\(call.basePath)"), "ServerName": "Simulated Jellyfin",
            "Version": .string(version.number), "ProductName": "Jellyfin Server", "OperatingSystem": "",
            "Id": .string(serverID), "StartupWizardCompleted": true, "OperatingSystemDisplayName": "",
            "HasPendingRestart": false, "IsShuttingDown": false, "SupportsLibraryMonitor": true,
            "WebSocketPortNumber": 8096, "CompletedInstallations": [], "CanSelfRestart": true,
            "CanLaunchWebBrowser": false, "ProgramDataPath": "/config", "CachePath": "/cache", "LogPath": "/config/log",
            "HasUpdateAvailable": false, "EncoderLocation": "System", "SystemArchitecture": "X64",
        ]
    }

    func virtualFolders(_ catalogue: JellyfinCatalogue) -> JSON {
        .array(
            (0..<JellyfinFolder.count(catalogue.plan)).map { index in
                let folder = JellyfinFolder.all[index]
                let type: [JSON.Member] =
                    folder.collectionType.map {
                        [JSON.Member(name: "CollectionType", value: .string($0))]
                    } ?? []
                return .object(
                    [
                        JSON.Member(name: "Name", value: .string(folder.name)),
                        JSON.Member(name: "Locations", value: .array(folder.locations.map { .string($0) })),
                    ] + type + [
                        JSON.Member(name: "LibraryOptions", value: ["Enabled": true, "EnablePhotos": true]),
                        JSON.Member(name: "ItemId", value: .string(catalogue.id(ItemRef(.folder, index)))),
                        JSON.Member(name: "PrimaryImageItemId", value: .string(catalogue.id(ItemRef(.folder, index)))),
                        JSON.Member(name: "RefreshStatus", value: "Idle"),
                    ])
            })
    }

    /// `POST /Users/AuthenticateByName`: 400 without the client's particulars, 401 for a wrong name or password.
    func logIn(_ call: Call) -> Answer {
        let parts = JellyfinCredentials(call, version: version).parts
        for part in ["client", "device", "deviceid", "version"] where (parts[part] ?? "").isEmpty { return .badRequest }
        guard let body = JSON(parsing: call.body) else { return .badRequest }
        let name = body["Username"]?.text ?? body["username"]?.text ?? ""
        let password = body["Pw"]?.text ?? body["pw"]?.text ?? ""
        let device = parts["deviceid"] ?? ""
        guard let login = accounts.logIn(name, password: password, device: device) else { return .unauthorized }
        let session: JSON = [
            "PlayState": ["CanSeek": false, "IsPaused": false, "IsMuted": false, "RepeatMode": "RepeatNone"],
            "AdditionalUsers": [], "RemoteEndPoint": .string(call.remoteAddress), "PlayableMediaTypes": [],
            "Id": .string(serverID), "UserId": .string(login.user.id), "UserName": .string(login.user.name),
            "Client": .string(parts["client"] ?? ""), "LastActivityDate": "2025-07-01T00:00:00.0000000Z",
            "LastPlaybackCheckIn": "0001-01-01T00:00:00.0000000Z", "DeviceName": .string(parts["device"] ?? ""),
            "DeviceId": .string(device), "ApplicationVersion": .string(parts["version"] ?? ""), "IsActive": true,
            "SupportsMediaControl": false, "SupportsRemoteControl": false, "HasCustomDeviceName": false,
            "ServerId": .string(serverID), "SupportedCommands": [],
        ]
        return .json([
            "User": userBody(login.user), "SessionInfo": session, "AccessToken": .string(login.token),
            "ServerId": .string(serverID),
        ])
    }

    func userBody(_ user: JellyfinAccounts.User) -> JSON {
        [
            "Name": .string(user.name), "ServerId": .string(serverID), "Id": .string(user.id), "HasPassword": true,
            "HasConfiguredPassword": true, "HasConfiguredEasyPassword": false, "EnableAutoLogin": false,
            "LastLoginDate": "2025-07-01T00:00:00.0000000Z", "LastActivityDate": "2025-07-01T00:00:00.0000000Z",
            "Configuration": [
                "PlayDefaultAudioTrack": true, "SubtitleLanguagePreference": "", "DisplayMissingEpisodes": false,
                "GroupedFolders": [], "SubtitleMode": "Default", "OrderedViews": [],
            ],
            "Policy": [
                "IsAdministrator": .bool(user.isAdministrator), "IsHidden": false, "IsDisabled": false,
                "EnableRemoteAccess": true, "EnableMediaPlayback": true,
                "EnableContentDeletion": .bool(user.isAdministrator), "EnableAllFolders": true, "EnabledFolders": [],
                "EnableAllDevices": true, "InvalidLoginAttemptCount": 0, "LoginAttemptsBeforeLockout": -1,
                "AuthenticationProviderId": "Jellyfin.Server.Implementations.Users.DefaultAuthenticationProvider",
                "PasswordResetProviderId": "Jellyfin.Server.Implementations.Users.DefaultPasswordResetProvider",
                "SyncPlayAccess": "CreateAndJoinGroups",
            ],
        ]
    }
}
