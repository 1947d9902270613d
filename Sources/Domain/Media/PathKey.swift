@_spi(_Unicode) import Swift

/// Paths as keys: without leading separator, one kind of separator, composed letters (tracking.md §2.1).
public enum PathKey {
    /// The whole path in common form.
    public static func normal(_ path: String) -> String {
        path.split { $0 == "/" || $0 == "\\" }.joined(separator: "/").precomposed
    }

    /// The whole path, then the parent folder with the file name, then the file name.
    public static func levels(of path: String) -> [String] {
        let parts = normal(path).split(separator: "/")
        guard let name = parts.last else { return [] }
        var levels = [parts.joined(separator: "/")]
        if parts.count > 2 { levels.append(parts.suffix(2).joined(separator: "/")) }
        if parts.count > 1 { levels.append(String(name)) }
        return levels
    }
}

extension String {
    /// NFC: servers on different file systems write the same name with composed or decomposed letters.
    fileprivate var precomposed: String {
        if utf8.allSatisfy({ $0 < 0x80 }) { return self }
        var text = ""
        text.unicodeScalars.append(contentsOf: _nfc)
        return text
    }
}
