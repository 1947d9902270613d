/// The folded form of a title, stored beside it for sorting and search.
///
/// Lower case, Latin letters without their marks, runs of white space as one blank. It is made here and stored,
/// because the two databases fold text differently (architecture.md §4).
public enum TitleKey {
    public static func fold(_ title: String) -> String {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(title.utf8.count)
        if foldASCII(title.utf8, into: &bytes) { return String(decoding: bytes, as: UTF8.self) }
        return foldAny(title)
    }

    private static func foldAny(_ title: String) -> String {
        var folded = ""
        folded.reserveCapacity(title.utf8.count)
        var pendingBlank = false
        for scalar in title.unicodeScalars {
            if scalar.properties.isWhitespace {
                pendingBlank = !folded.isEmpty
                continue
            }
            if scalar.properties.generalCategory == .nonspacingMark && scalar.value < 0x370 { continue }
            if pendingBlank { folded.append(" ") }
            pendingBlank = false
            if let base = baseLetters[scalar] {
                folded += base
            } else {
                folded += scalar.properties.lowercaseMapping
            }
        }
        return folded
    }

    /// Folds plain ASCII without leaving the bytes.
    ///
    /// - Returns: false when the title needs `fold(_:)`; `output` is then unspecified.
    @inlinable
    public static func foldASCII(_ title: some Sequence<UInt8>, into output: inout [UInt8]) -> Bool {
        output.removeAll(keepingCapacity: true)
        var pendingBlank = false
        for byte in title {
            guard byte < 0x80 else { return false }
            if byte == 0x20 || byte &- 9 < 5 {
                pendingBlank = !output.isEmpty
                continue
            }
            if pendingBlank { output.append(0x20) }
            pendingBlank = false
            output.append(ASCII.lowercased(byte))
        }
        return true
    }

    /// Latin letters with marks, by their base letter: Latin-1 and Latin Extended-A.
    private static let baseLetters: [Unicode.Scalar: String] = {
        let groups: [(String, String)] = [
            ("a", "àáâãäåāăąÀÁÂÃÄÅĀĂĄ"), ("ae", "æÆ"), ("c", "çćĉċčÇĆĈĊČ"), ("d", "ďđðĎĐÐ"),
            ("e", "èéêëēĕėęěÈÉÊËĒĔĖĘĚ"), ("g", "ĝğġģĜĞĠĢ"), ("h", "ĥħĤĦ"), ("i", "ìíîïĩīĭįıÌÍÎÏĨĪĬĮİ"), ("j", "ĵĴ"),
            ("k", "ķĶ"), ("l", "ĺļľŀłĹĻĽĿŁ"), ("n", "ñńņňÑŃŅŇ"), ("o", "òóôõöøōŏőÒÓÔÕÖØŌŎŐ"), ("oe", "œŒ"),
            ("r", "ŕŗřŔŖŘ"), ("s", "śŝşšŚŜŞŠ"), ("ss", "ß"), ("t", "ţťŧŢŤŦ"), ("u", "ùúûüũūŭůűųÙÚÛÜŨŪŬŮŰŲ"),
            ("w", "ŵŴ"), ("y", "ýÿŷÝŶŸ"), ("z", "źżžŹŻŽ"),
        ]
        var table: [Unicode.Scalar: String] = [:]
        for (base, letters) in groups {
            for letter in letters.unicodeScalars { table[letter] = base }
        }
        return table
    }()
}
