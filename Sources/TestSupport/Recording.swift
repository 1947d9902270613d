import FoundationEssentials
import Testing

/// Real answers of real servers, shared between projects; not part of this repository.
public enum Recording {
    /// Where the recordings lie: `MARQUEE_SHARED`, else `shared` beside the checkout; nil when neither is there.
    public static let folder: String? = {
        let root = ProcessInfo.processInfo.environment["MARQUEE_SHARED"] ?? "../shared"
        let path = root + "/recordings"
        return FileManager.default.fileExists(atPath: path) ? path : nil
    }()

    /// Whether there are recordings; says visibly when there are none, so that nobody takes silence for success.
    public static let isThere: Bool = {
        if folder == nil {
            print("note: no recordings (set MARQUEE_SHARED to the folder that holds them): their tests are skipped")
        }
        return folder != nil
    }()

    /// One recording's bytes.
    public static func bytes(_ name: String) throws -> [UInt8] {
        let folder = try #require(folder)
        return Array(try Data(contentsOf: URL(filePath: folder + "/" + name)))
    }
}
