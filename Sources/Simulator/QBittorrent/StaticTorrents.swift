import Synchronization

/// The torrents that are there from the start: finished, shared or stopped, and still unless somebody touches them.
final class StaticTorrents: Sendable {
    private struct State {
        var torrents: [FlowTorrent]
        /// Place by hash.
        var places: [String: Int]
        var removed: Set<Int> = []
        /// Grows with every change.
        var revision = 1
    }

    private let dice: Dice
    private let count: Int
    private let state: Mutex<State>

    /// Invents this many torrents.
    init(count: Int, dice: Dice) {
        self.count = count
        self.dice = dice
        state = Mutex(Self.fresh(count, dice))
    }

    private static func fresh(_ count: Int, _ dice: Dice) -> State {
        let torrents = (0..<count).map { Self.torrent($0, dice) }
        let places = Dictionary(uniqueKeysWithValues: torrents.enumerated().map { ($1.hash, $0) })
        return State(torrents: torrents, places: places)
    }

    /// Those that are still there.
    var all: [FlowTorrent] {
        state.withLock { state in
            guard !state.removed.isEmpty else { return state.torrents }
            return state.torrents.indices.filter { !state.removed.contains($0) }.map { state.torrents[$0] }
        }
    }

    /// Takes a torrent out; false when it is not there.
    func remove(_ hash: String) -> Bool {
        state.withLock { state in
            guard let place = state.places[hash], state.removed.insert(place).inserted else { return false }
            state.revision += 1
            return true
        }
    }

    /// Stops or starts a torrent; false when it is not there.
    func set(_ phase: FlowTorrent.Phase, _ hash: String) -> Bool {
        state.withLock { state in
            guard let place = state.places[hash], !state.removed.contains(place) else { return false }
            guard state.torrents[place].phase != phase else { return true }
            state.revision += 1
            state.torrents[place] = state.torrents[place].in(phase, revision: state.revision)
            return true
        }
    }

    /// Everything as invented.
    func reset() { state.withLock { $0 = Self.fresh(count, dice) } }

    private static func torrent(_ index: Int, _ dice: Dice) -> FlowTorrent {
        let subject = 2_000_000 + index
        let hash = dice.hex(subject, .key) + Hex.text(dice.roll(subject, .identifier)).suffix(8)
        let isFilm = dice.perMille(subject, .collection) < 600
        let title = TitleName.latin(subject, dice: dice).filter { $0.isLetter || $0 == " " }
            .split(separator: " ").joined(separator: ".")
        let release = isFilm ? "\(title).1080p.WEB-DL.x264-SIM" : "\(title).S01.1080p.WEB-DL.x264-SIM"
        let category = isFilm ? "radarr" : "sonarr"
        let size = Int64(dice.number(subject, .size, in: 700_000_000..<12_000_000_000))
        let count = isFilm ? 1 : dice.number(subject, .episodeShare, in: 6..<14)
        let files = (0..<count).map { place in
            FlowTorrent.File(
                index: place,
                name: isFilm ? "\(release).mkv" : "\(release)/\(title).S01E\(place < 9 ? "0" : "")\(place + 1).mkv",
                size: size / Int64(count), progress: 1)
        }
        let added = Int64(dice.number(subject, .added, in: 1_704_067_200..<1_751_328_000)) * Ticks.perSecond
        let path = "/downloads/\(category)"
        return FlowTorrent(
            hash: hash, name: release, category: category, savePath: path,
            contentPath: isFilm ? "\(path)/\(release).mkv" : "\(path)/\(release)", files: files,
            size: size / Int64(count) * Int64(count), progress: 1,
            phase: dice.perMille(subject, .status) < 250 ? .stopped : .seeding, downloadSpeed: 0, etaSeconds: nil,
            amountLeft: 0, seeds: 0, leeches: 0, addedAt: added,
            completedAt: added + Int64(dice.number(subject, .runtime, in: 60..<20_000)) * Ticks.perSecond, revision: 1)
    }
}

extension FlowTorrent {
    /// The same torrent in another phase.
    func `in`(_ phase: Phase, revision: Int) -> FlowTorrent {
        FlowTorrent(
            hash: hash, name: name, category: category, savePath: savePath, contentPath: contentPath, files: files,
            size: size, progress: progress, phase: phase, downloadSpeed: downloadSpeed, etaSeconds: etaSeconds,
            amountLeft: amountLeft, seeds: seeds, leeches: leeches, addedAt: addedAt, completedAt: completedAt,
            revision: revision, sharing: sharing)
    }
}
