import Dashboard
import Media
import Shapes
import Store

/// The episodes of one request as its page shows them.
struct EpisodeBoard: Sendable {
    let row: RequestRecord
    let episodes: [Episode]
    let downloads: [Download]
    let version: Int64
    /// By episode, the download grabbed last.
    private let newest: [UnitNumber: Download]

    init(_ row: RequestRecord, _ episodes: [Episode], _ downloads: [Download], version: Int64) {
        self.row = row
        self.episodes = episodes
        self.downloads = downloads
        self.version = version
        var newest: [UnitNumber: Download] = [:]
        for download in downloads.sorted(by: { $0.grabbedAt < $1.grabbedAt }) {
            for unit in download.units { newest[unit] = download }
        }
        self.newest = newest
    }

    /// The grid; seasons that are neither asked for nor in `opened` come without their squares, unless it is whole.
    func grid(opened: Set<Int> = [], isWhole: Bool = false) -> EpisodeGrid.Model {
        var model = EpisodeGrid.Model()
        let bySeason = Dictionary(grouping: episodes.filter { $0.class != .notRequested }, by: \.number.season)
        for season in bySeason.keys.sorted(by: { Self.place($0) < Self.place($1) }) {
            model.seasons.append(self.season(season, bySeason[season] ?? [], opened.contains(season), isWhole))
        }
        model.notRequested = episodes.filter { $0.class == .notRequested && isTouched($0) }.map {
            (season: Int64($0.number.season), episode: square($0))
        }
        return model
    }

    /// Specials come last.
    private static func place(_ season: Int) -> Int { season == 0 ? .max : season }

    /// Something happens to it although nobody asked for it.
    private func isTouched(_ episode: Episode) -> Bool {
        episode.proof.isPlayable || episode.hasFile == true || newest[episode.number] != nil
    }

    private func isRequested(_ season: Int) -> Bool {
        row.seasons.isEmpty ? season > 0 : row.seasons.contains(season)
    }

    private func season(
        _ number: Int, _ episodes: [Episode], _ isOpened: Bool, _ isWhole: Bool
    ) -> SeasonGrid.Model {
        let counted = episodes.filter { $0.class == .counted }
        let isShown = isRequested(number) || isOpened
        let isFilled = isShown || isWhole
        var model = SeasonGrid.Model(
            number: Int64(number), available: Int64(counted.count { $0.stage == .available }),
            aired: Int64(counted.count), isRequested: isShown, episodes: isFilled ? episodes.map { square($0) } : nil)
        if isFilled { model.packs = packs(number) }
        model.version = version
        return model
    }

    private func square(_ episode: Episode) -> EpisodeSquare.Model {
        var model = EpisodeSquare.Model(
            number: Int64(episode.number.episode), title: episode.title, stage: StageBadge.Stage(episode.stage))
        model.isUnaired = episode.class == .unaired
        model.airsAt = model.isUnaired ? episode.airDate?.milliseconds : nil
        if episode.stage == .downloading, let download = newest[episode.number] {
            model.percent = progress(of: download).map { Int64($0.percent) }
        }
        model.file = episode.path.flatMap { $0.split { $0 == "/" || $0 == "\\" }.last.map(String.init) }
        if episode.stage == .failed { model.reason = newest[episode.number]?.failure }
        return model
    }

    /// Each run of consecutive episodes that one live download brings.
    private func packs(_ season: Int) -> [SeasonGrid.Pack] {
        var packs: [SeasonGrid.Pack] = []
        for download in downloads where download.isLive && download.units.count > 1 {
            let numbers = download.units.filter { $0.season == season && newest[$0]?.id == download.id }
                .map(\.episode).sorted()
            var first = numbers.first
            for (index, number) in numbers.enumerated() {
                if index + 1 < numbers.count, numbers[index + 1] <= number + 1 { continue }
                if let start = first, start < number {
                    packs.append(pack(start, number, download))
                }
                first = index + 1 < numbers.count ? numbers[index + 1] : nil
            }
        }
        return packs.sorted { $0.first < $1.first }
    }

    private func pack(_ first: Int, _ last: Int, _ download: Download) -> SeasonGrid.Pack {
        var transfer = progress(of: download).map { Transfer($0) }
        if transfer == nil, let size = download.size { transfer = Transfer(percent: nil, bytesTotal: size) }
        return SeasonGrid.Pack(
            first: Int64(first), last: Int64(last), release: download.release, transfer: transfer)
    }
}
