import Media

extension SettingReader {
    /// The configured instances of a service: `default` first, the others by name.
    ///
    /// An address needs a key and a key an address. Where one instance is for 4K, those without a variant are for HD.
    mutating func instances(of service: UpstreamService) -> [ServiceInstance] {
        let names = instanceNames(of: service)
        let found = names.compactMap { instance(of: service, named: $0) }
        guard found.contains(where: { $0.variant == .uhd }) else { return found }
        return found.map { one in
            ServiceInstance(
                service: service, instance: one.instance, url: one.url, credentials: one.credentials,
                publicURL: one.publicURL, variant: one.variant ?? .hd)
        }
    }

    private mutating func instance(of service: UpstreamService, named name: String) -> ServiceInstance? {
        let settings = ServiceSettings(service, instance: name)
        let problemsBefore = problems.count
        let url = value(settings.url)
        let publicURL = value(settings.publicURL)
        let said = settings.variant.flatMap { value($0) }
        guard let url else {
            passOver(settings, hasProblem: problems.count > problemsBefore)
            return nil
        }
        let credentials = credentials(settings, entrance: service.entrance)
        guard let credentials, problems.count == problemsBefore else { return nil }
        let assumed: Variant? = service.hasVariants && name.contains(Variant.uhd.rawValue) ? .uhd : nil
        return ServiceInstance(
            service: service, instance: name, url: url, credentials: credentials, publicURL: publicURL,
            variant: said ?? assumed)
    }

    /// Without an address nothing else may be set; what is set is still read, so that it is listed and redacted.
    private mutating func passOver(_ settings: ServiceSettings, hasProblem: Bool) {
        for setting in [settings.apiKey, settings.username, settings.password].compactMap({ $0 }) {
            _ = value(setting)
        }
        let others = settings.facts.map(\.name).filter { $0 != settings.url.name }
        guard !hasProblem, let stray = others.first(where: isSet) else { return }
        fail(settings.url.name, nil, "is needed with \(stray)")
    }

    private func isSet(_ name: String) -> Bool { source(of: name) != nil }

    /// Every instance some layer sets a known key of, and always `default`.
    private func instanceNames(of service: UpstreamService) -> [String] {
        let further = Set(layers.flatMap { $0.instances(of: service) }).sorted()
        return [ServiceInstance.defaultName] + further
    }
}

extension SettingLayer {
    /// The names between double underscores of which a known key is set.
    ///
    /// Sonarr and Radarr read variables of the same form (`RADARR__SERVER__PORT`), so an unknown key proves no instance.
    func instances(of service: UpstreamService) -> [String] {
        let known = ServiceSettings.keys(of: service)
        return names.compactMap { splitInstanceName($0, service) }.filter { known.contains($0.key) }.map(\.instance)
    }

    /// The names that nobody reads, each with the nearest one somebody does.
    ///
    /// All of `MARQUEE_*` are ours; of a service's only those of an instance that has a known key.
    var unknownNames: [(name: String, nearest: String?)] {
        let known = SettingCatalogue.own.flatMap(\.names)
        let own = names.filter { $0.hasPrefix("MARQUEE_") && !known.contains($0) }
            .map { (name: $0, nearest: nearestName(to: $0, among: known)) }
        return own + UpstreamService.allCases.flatMap { unknownInstanceNames(of: $0) }
    }

    private func unknownInstanceNames(of service: UpstreamService) -> [(name: String, nearest: String?)] {
        let instances = Set(instances(of: service))
        let known = ServiceSettings.keys(of: service)
        return names.compactMap { name in
            guard let split = splitInstanceName(name, service), instances.contains(split.instance),
                !known.contains(split.key)
            else { return nil }
            let start = ServiceSettings.start(service, split.instance)
            return (name, nearestName(to: split.key, among: known).map { start + $0 })
        }
    }
}

/// `RADARR__4K__URL` is (`4k`, `URL`).
func splitInstanceName(_ name: String, _ service: UpstreamService) -> (instance: String, key: String)? {
    let start = service.environmentName + "__"
    guard name.hasPrefix(start) else { return nil }
    let rest = Array(name.dropFirst(start.count).utf8)
    let underscore = UInt8(ascii: "_")
    let isMiddle = { (at: Int) in rest[at] == underscore && rest[at + 1] == underscore }
    guard let middle = rest.indices.dropLast(2).first(where: isMiddle) else { return nil }
    let instance = String(decoding: rest[..<middle], as: UTF8.self).lowercased()
    guard isInstanceName(instance), instance != ServiceInstance.defaultName else { return nil }
    return (instance, String(decoding: rest[(middle + 2)...], as: UTF8.self))
}
