/// What a picture's first bytes say of it; nothing is decoded (security.md §9).
struct PictureHeader: Hashable {
    enum Format: String {
        case jpeg, png, webp

        var contentType: String { "image/\(rawValue)" }
    }

    let format: Format
    let width: Int
    let height: Int

    /// Reads the header of a JPEG, PNG or WebP; nil for anything else, and for one without a size.
    init?(_ bytes: [UInt8]) {
        let found: (Format, (width: Int, height: Int)?)
        if bytes.starts(with: [0xFF, 0xD8, 0xFF]) {
            found = (.jpeg, Self.jpegSize(bytes))
        } else if bytes.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) {
            found = (.png, Self.pngSize(bytes))
        } else if bytes.starts(with: "RIFF".utf8), bytes.dropFirst(8).starts(with: "WEBP".utf8) {
            found = (.webp, Self.webPSize(bytes))
        } else {
            return nil
        }
        guard let size = found.1, size.width > 0, size.height > 0 else { return nil }
        (format, width, height) = (found.0, size.width, size.height)
    }

    var pixels: Int { width * height }

    /// IHDR comes first (PNG, third edition, §11.2.1).
    private static func pngSize(_ bytes: [UInt8]) -> (Int, Int)? {
        guard bytes.count >= 24, bytes[12..<16].elementsEqual("IHDR".utf8) else { return nil }
        return (big(bytes, 16, 4), big(bytes, 20, 4))
    }

    /// The frame header, behind any number of other segments (ITU-T T.81, B.1.1.4 and B.2.2).
    private static func jpegSize(_ bytes: [UInt8]) -> (Int, Int)? {
        var at = 2
        while at + 4 <= bytes.count {
            guard bytes[at] == 0xFF else { return nil }
            let marker = bytes[at + 1]
            switch marker {
            case 0xFF: at += 1  // fill byte
            case 0x01, 0xD0...0xD7: at += 2  // without a length
            case 0xC0...0xC3, 0xC5...0xC7, 0xC9...0xCB, 0xCD...0xCF:
                return at + 9 <= bytes.count ? (big(bytes, at + 7, 2), big(bytes, at + 5, 2)) : nil
            case 0xD8, 0xD9, 0xDA: return nil  // a second start, the end, or pixels before a frame header
            default:
                let length = big(bytes, at + 2, 2)
                guard length >= 2 else { return nil }
                at += 2 + length
            }
        }
        return nil
    }

    /// The first chunk is lossy, lossless or extended (RFC 9649 §2.5 to §2.7).
    private static func webPSize(_ bytes: [UInt8]) -> (Int, Int)? {
        guard bytes.count >= 30 else { return nil }
        switch String(decoding: bytes[12..<16], as: UTF8.self) {
        case "VP8 ":
            guard bytes[23..<26].elementsEqual([0x9D, 0x01, 0x2A]) else { return nil }
            return (little(bytes, 26, 2) & 0x3FFF, little(bytes, 28, 2) & 0x3FFF)
        case "VP8L":
            guard bytes[20] == 0x2F else { return nil }
            let bits = little(bytes, 21, 4)
            return ((bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1)
        case "VP8X": return (little(bytes, 24, 3) + 1, little(bytes, 27, 3) + 1)
        default: return nil
        }
    }

    private static func big(_ bytes: [UInt8], _ at: Int, _ count: Int) -> Int {
        bytes[at..<at + count].reduce(0) { $0 << 8 | Int($1) }
    }

    private static func little(_ bytes: [UInt8], _ at: Int, _ count: Int) -> Int {
        bytes[at..<at + count].reversed().reduce(0) { $0 << 8 | Int($1) }
    }
}
