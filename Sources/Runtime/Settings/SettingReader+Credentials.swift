extension SettingReader {
    /// What opens an instance; nil, with a problem noted, where too little or too much is set.
    mutating func credentials(
        _ settings: ServiceSettings, entrance: UpstreamService.Entrance
    ) -> ServiceInstance.Credentials? {
        let key = value(settings.apiKey)
        let name = settings.username.flatMap { value($0) }
        let password = settings.password.flatMap { value($0) }
        switch (key, name, password) {
        case (let key?, nil, nil): return .key(key)
        case (nil, let name?, let password?): return .login(name: name, password: password)
        case (nil, let name?, nil) where entrance == .keyOrLogin: return .login(name: name, password: "")
        case (nil, nil, nil) where entrance == .keyOrLoginOrOpen: return ServiceInstance.Credentials.none
        default: break
        }
        guard let username = settings.username?.name, let passwordName = settings.password?.name else {
            fail(settings.apiKey.name, nil, "is needed with \(settings.url.name)")
            return nil
        }
        if key != nil {
            let other = name == nil ? passwordName : username
            fail(
                settings.apiKey.name, source(of: settings.apiKey.name),
                "is set together with \(other); keep the key or the user name")
        } else if name != nil {
            fail(passwordName, nil, "is needed with \(username)")
        } else if password != nil {
            fail(username, nil, "is needed with \(passwordName)")
        } else {
            fail(settings.apiKey.name, nil, "or \(username) is needed with \(settings.url.name)")
        }
        return nil
    }
}
