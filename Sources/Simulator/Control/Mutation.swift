/// The body of `POST /simulator/titles/{n}/mutate`.
enum Mutation: Sendable, Hashable {
    /// `{"action":"remove","service":"jellyfin"}`: the service no longer lists the title.
    case remove(service: String)
    /// `{"action":"add","service":"radarr"}`: the service lists it (again).
    case add(service: String)
    /// `{"action":"rename","title":"…"}`: new name everywhere; the file moves, so Jellyfin's ids change.
    case rename(String)
    /// `{"action":"move"}`: same name, other path; Jellyfin's ids change.
    case move
    /// `{"action":"provider_id","provider":"Tmdb","value":"603"}`: in Jellyfin, or in `service`; null takes it away.
    case providerID(service: String, provider: String, value: String?)

    /// - Throws: `OptionError` that names the member it did not understand.
    init(_ body: JSON, services: [String]) throws(OptionError) {
        let service = body["service"]?.text ?? "jellyfin"
        guard services.contains(service) else {
            throw OptionError("service must be one of \(services.joined(separator: ", "))")
        }
        switch body["action"]?.text {
        case "remove": self = .remove(service: service)
        case "add", "restore": self = .add(service: service)
        case "move", "rekey": self = .move
        case "rename":
            guard let name = body["title"]?.text, !name.isEmpty else { throw OptionError("rename needs a title") }
            self = .rename(name)
        case "provider_id":
            guard let provider = body["provider"]?.text, !provider.isEmpty, let value = body["value"] else {
                throw OptionError("provider_id needs provider and value (text, number or null)")
            }
            let text = value.text ?? value.int.map { String($0) }
            guard text != nil || value == .null else { throw OptionError("value must be text, a number or null") }
            self = .providerID(service: service, provider: provider, value: text)
        default: throw OptionError("action must be one of remove, add, rename, move, provider_id")
        }
    }

    /// Writes the change into a title's override.
    func apply(to override: inout Override) {
        switch self {
        case .remove(let service):
            override.removedFrom.insert(service)
            override.addedTo.remove(service)
        case .add(let service):
            override.removedFrom.remove(service)
            override.addedTo.insert(service)
        case .rename(let name):
            override.name = name
            override.generation += 1
        case .move: override.generation += 1
        case .providerID(let service, let provider, let value):
            override.providerIDs[service, default: [:]].updateValue(value, forKey: provider.lowercased())
        }
    }
}
