@_spi(_Unicode) import Swift

/// Paths as keys: without leading separator, one kind of separator, composed letters (tracking.md §2.1).
public enum PathKey {
    /// The whole path in common form.
    public static func normal(_ path: String) -> String {
        normalASCII(path) ?? path.split { $0 == "/" || $0 == "\\" }.joined(separator: "/").precomposed
    }

    /// The same without leaving the bytes; nil for what is not plain ASCII.
    private static func normalASCII(_ path: String) -> String? {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(path.utf8.count)
        var pendingSeparator = false
        for byte in path.utf8 {
            guard byte < 0x80 else { return nil }
            if byte == UInt8(ascii: "/") || byte == UInt8(ascii: "\\") {
                pendingSeparator = !bytes.isEmpty
                continue
            }
            if pendingSeparator { bytes.append(UInt8(ascii: "/")) }
            pendingSeparator = false
            bytes.append(byte)
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// The names in a path, whichever separators it has.
    static func components(of path: String) -> [Substring] {
        path.utf8.split { $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: "\\") }.map(Substring.init)
    }

    /// The whole path, then the parent folder with the file name, then the file name.
    public static func levels(of path: String) -> [String] {
        let path = normal(path)
        let bytes = path.utf8
        guard !bytes.isEmpty else { return [] }
        guard let name = bytes.lastIndex(of: UInt8(ascii: "/")) else { return [path] }
        let folder = bytes[..<name].lastIndex(of: UInt8(ascii: "/"))
        return [path] + (folder.map { [String(path[bytes.index(after: $0)...])] } ?? [])
            + [String(path[bytes.index(after: name)...])]
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
