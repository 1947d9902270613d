/// The text with everything a terminal might obey made visible.
///
/// Titles and release names come from strangers: control characters could move the cursor or answer for the user, and
/// direction overrides could show one file name and mean another.
public func terminalSafe(_ text: String) -> String {
    guard text.unicodeScalars.contains(where: isHostile) else { return text }
    var safe = ""
    for scalar in text.unicodeScalars {
        if isHostile(scalar) {
            safe += "\\u{\(String(scalar.value, radix: 16))}"
        } else {
            safe.unicodeScalars.append(scalar)
        }
    }
    return safe
}

/// How many cells of a terminal the text takes: two for most East Asian characters and emoji, none for combining marks.
///
/// The wide ranges are those of Unicode's EastAsianWidth.txt (W and F), merged where only unassigned places lie between.
func terminalWidth(of text: String) -> Int {
    if text.utf8.allSatisfy({ (0x20...0x7E).contains($0) }) { return text.utf8.count }
    return text.reduce(0) { total, character in
        total + (character.unicodeScalars.map(cells).max() ?? 0)
    }
}

/// The start of the text that fits into `width` cells; `…` at the end shows that something is missing.
func terminalPrefix(of text: String, width: Int) -> String {
    guard terminalWidth(of: text) > width else { return text }
    var shown = ""
    var used = 0
    for character in text {
        let next = terminalWidth(of: String(character))
        guard used + next <= width - 1 else { break }
        shown.append(character)
        used += next
    }
    return width > 0 ? shown + "…" : ""
}

private func isHostile(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0..<0x20, 0x7F..<0xA0: true  // C0, DEL, C1
    case 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069: true  // direction marks and overrides
    case 0x2028, 0x2029: true  // line and paragraph separators
    default: false
    }
}

private func cells(_ scalar: Unicode.Scalar) -> Int {
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .format: return 0
    default: break
    }
    switch scalar.value {
    case 0x1100...0x115F, 0x231A...0x231B, 0x2329...0x232A, 0x23E9...0x23EC, 0x2E80...0x303E: return 2
    case 0x3041...0x4DBF, 0x4E00...0xA4CF, 0xA960...0xA97C, 0xAC00...0xD7A3, 0xF900...0xFAFF: return 2
    case 0xFE10...0xFE19, 0xFE30...0xFE6B, 0xFF01...0xFF60, 0xFFE0...0xFFE6: return 2
    case 0x16FE0...0x1B2FB, 0x1F300...0x1F64F, 0x1F680...0x1F6FC, 0x1F90C...0x1FAF8, 0x20000...0x3FFFD: return 2
    default: return 1
    }
}
