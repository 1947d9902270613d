extension ControlService {
    /// What the world holds in each service's view: what a complete listing must count.
    var state: JSON {
        let view = world.view
        let plan = view.library.plan
        let instances = services.filter { $0.hasPrefix("radarr") }
        return [
            "seed": .string(String(plan.seed)), "plain": .bool(plan.isPlain), "revision": .integer(view.revision),
            "films": .integer(plan.size.films), "series": .integer(plan.size.series),
            "episodes": .integer(plan.size.episodes), "titles": .integer(view.library.titleCount),
            "jellyfin": jellyfinCounts(view),
            "radarr": .object(
                instances.map { JSON.Member(name: $0, value: .integer(RadarrLibrary(service: $0, view: view).count)) }),
            "sonarr": .integer(SonarrLibrary(service: "sonarr", view: view).count),
            "services": .object(controlled.map { JSON.Member(name: $0.name, value: $0.state) }),
            "faults": .array(
                faults.all.map { fault, met in
                    guard case .object(let members) = fault.json else { return fault.json }
                    return .object(members + [JSON.Member(name: "met", value: .integer(met))])
                }),
            "held": .integer(faults.held), "last_call": .integer(log.last),
        ]
    }

    private func jellyfinCounts(_ view: WorldView) -> JSON {
        let catalogue = JellyfinCatalogue(view)
        func count(_ kinds: ItemKinds) -> JSON {
            var selection = Selection()
            selection.kinds = kinds
            return .integer(catalogue.items(selection).count)
        }
        return [
            "version": .string(jellyfin.version.number), "Movie": count(.movie), "Series": count(.series),
            "Season": count(.season), "Episode": count(.episode), "BoxSet": count(.boxSet),
            "libraries": .integer(JellyfinFolder.count(catalogue.plan)),
        ]
    }
}
