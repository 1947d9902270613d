/// Makes the invented name of a title.
enum TitleName {
    /// The same name for the same number, and no other number's name.
    ///
    /// Latin names use twenty bits (three words and a pattern); past a million titles a numeral follows.
    static func latin(_ number: Int, dice: Dice) -> String {
        let spread = UInt64(number & 0xF_FFFF) &* 0x9E375 &+ dice.roll(0, .name)  // odd factor: a bijection of 20 bits
        let bits = Int(spread & 0xF_FFFF)
        let adjective = Words.adjectives[bits & 63]
        let noun = Words.nouns[(bits >> 6) & 63]
        let other = Words.nouns[(bits >> 12) & 63]
        var name =
            switch bits >> 18 {
            case 0: "The \(adjective) \(noun) and the \(other)"
            case 1: "\(adjective) \(noun): \(other)"
            case 2: "The \(other) of the \(adjective) \(noun)"
            default: "\(noun), \(adjective) \(other)"
            }
        let volume = number >> 20
        if volume > 0 { name += " \(volume + 1)" }
        return name
    }

    /// A name in a script other than plain Latin; its number keeps it apart.
    static func foreign(_ number: Int, dice: Dice) -> String {
        let roll = Int(dice.roll(number, .name) >> 1)
        let script = (roll & 3) * 2
        return "\(Words.scripts[script][(roll >> 2) & 7])\(Words.scripts[script + 1][(roll >> 5) & 7]) \(number + 1)"
    }

    /// One name in both Unicode normal forms: two works, alike on the screen, different in bytes.
    static func twin(decomposed: Bool) -> String {
        decomposed ? "Cafe\u{301} Ele\u{301}gance" : "Caf\u{E9} El\u{E9}gance"
    }

    /// What servers sort by: lower case, without a leading article.
    static func sortName(_ name: String) -> String {
        let lower = name.lowercased()
        return lower.hasPrefix("the ") ? String(lower.dropFirst(4)) : lower
    }
}
