import Dashboard
import Foundation
import HTML
import Testing

@Suite("Palette")
struct PaletteTests {
    /// Text on what it stands on.
    static let pairs: [(text: String, ground: String)] = {
        var pairs = [
            ("ground", "ink"), ("attention", "ground"), ("bad", "ground"), ("good", "ground"), ("bulb", "raised"),
            ("link", "active-wash"), ("active", "ground"), ("attention", "raised"), ("active", "active-fill"),
            ("good", "raised"), ("bad", "raised"),
        ]
        for text in ["ink", "muted", "link"] {
            for ground in ["ground", "surface", "raised"] { pairs.append((text, ground)) }
        }
        for tone in ["waiting", "grabbed", "active", "attention", "good", "bad"] {
            let wash = tone + "-wash"
            pairs += [(tone, wash), (tone, "surface"), ("ink", wash), ("muted", wash)]
        }
        return pairs
    }()

    @Test("text is readable in both lights", arguments: ["light", "dark"])
    func contrast(light: String) throws {
        let palette = try Self.palette(light)
        for (text, ground) in Self.pairs {
            let ratio = try Self.contrast(#require(palette[text]), #require(palette[ground]))
            // The bulb only ever colours an icon, which needs 3:1 (WCAG 2.2, 1.4.11).
            #expect(ratio >= (text == "bulb" ? 3 : 4.5), "\(text) on \(ground) in \(light): \(ratio)")
        }
    }

    @Test("the computation agrees with the definition at its ends")
    func ends() throws {
        #expect(Self.contrast([0, 0, 0], [255, 255, 255]) == 21)
        #expect(Self.contrast([7, 8, 9], [7, 8, 9]) == 1)
    }

    /// Reads `--name:light-dark(#rrggbb,#rrggbb)`.
    static func palette(_ light: String) throws -> [String: [Double]] {
        var palette: [String: [Double]] = [:]
        // The source: what is sent has shorter names.
        let sheet = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appendingPathComponent("Sources/System/CWebAssets/assets/app.css")
        for line in try String(contentsOf: sheet, encoding: .utf8).split(whereSeparator: { ";{".contains($0) }) {
            guard let match = line.firstMatch(of: #/--([a-z-]+): light-dark\(#([0-9a-f]{6}), #([0-9a-f]{6})\)/#) else {
                continue
            }
            let hex = try #require(Int(light == "light" ? match.2 : match.3, radix: 16))
            palette[String(match.1)] = [16, 8, 0].map { Double(hex >> $0 & 0xFF) }
        }
        return palette
    }

    /// WCAG 2.2, contrast ratio.
    static func contrast(_ one: [Double], _ other: [Double]) -> Double {
        let (a, b) = (luminance(one), luminance(other))
        return (max(a, b) + 0.05) / (min(a, b) + 0.05)
    }

    private static func luminance(_ colour: [Double]) -> Double {
        let linear = colour.map { value -> Double in
            let share = value / 255
            return share <= 0.04045 ? share / 12.92 : pow((share + 0.055) / 1.055, 2.4)
        }
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    }
}
