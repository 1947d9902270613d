/// `/wanted/missing`: what is out, monitored and without a file.
///
/// Radarr lists films that are not out yet, too.
struct ArrMissing {
    let life: ArrLife

    func list(_ call: Call) -> Answer {
        let monitored = call.flag("monitored") ?? true
        return life.engine.with { state in
            let writer = life.writer(state)
            var found: [(airs: Int64, json: JSON)] = []
            for entry in life.entries(state) {
                let title = state.title(entry.title)
                for unit in title.units where entry.files[unit] == nil {
                    guard (entry.isMonitored && entry.monitored[unit]) == monitored else { continue }
                    if life.isRadarr {
                        found.append((entry.added, writer.movie(entry)))
                        continue
                    }
                    let end = title.episodes[unit].airs + Int64(title.runtimeMinutes) * 60 * Ticks.perSecond
                    guard end <= state.now else { continue }
                    let json = writer.episode(entry, unit)
                    let series = call.flag("includeSeries") ?? false ? writer.series(entry) : nil
                    found.append((title.episodes[unit].airs, json.with("series", series)))
                }
            }
            found.sort { $0.airs > $1.airs }
            return ArrLife.page(
                found.map(\.json), call, sortKey: life.isRadarr ? "movieMetadata.sortTitle" : "episodes.airDateUtc",
                direction: "descending")
        }
    }
}
