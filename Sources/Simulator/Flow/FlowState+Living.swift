// Somebody asks for something now and then: what a demonstration lives on.
extension FlowState {
    /// Asks for the next title, and plans the one after it.
    mutating func demand() {
        let number = titles.count
        let wish: FlowWish =
            switch number % 7 {
            case 1: FlowWish(isFilm: false, seasons: [8])
            case 2: FlowWish(isFilm: false, isAnime: true, seasons: [12])
            case 4: FlowWish(isFilm: false, seasons: [6], unaired: 2, airsIn: 1_800)
            case 5: FlowWish(isFilm: true, isAnime: true)
            default: FlowWish()
            }
        let title = title(for: wish)
        // Now and then something goes wrong, as it does.
        switch number % 20 {
        case 11: rejections[title] = ["Not an upgrade for existing file", "Unknown quality", "Sample"]
        case 14: blocks[title] = "No files found are eligible for import in /downloads"
        case 16: unmatchable.insert(title)
        default: break
        }
        request(title, user: number % 3)
        guard number < 2_000 else { return }
        let seconds = number < 3 ? 5.0 : draw(90...240, salt: salt(number, 32))
        agenda.add(.nextDemand, at: now + Int64(seconds) * Ticks.perSecond)
    }
}
