extension LibrarySize {
    /// The finished torrents of a tier (simulator.md §6); none for a size of one's own.
    var torrents: Int {
        switch Self.tiers.first(where: { $0.size == self })?.name {
        case "small": 100
        case "medium": 800
        case "large": 3_000
        case "very-large": 8_000
        case "extreme": 20_000
        default: 0
        }
    }
}
