import Administration
import Cryptography
import Foundation
import Testing

@Suite("The key file")
struct KeyFileTests {
    private func inFolder(_ body: (String) throws -> Void) throws {
        let folder = NSTemporaryDirectory() + "key-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try body(folder + "/marquee.key")
    }

    @Test("is made once, for its owner alone, and read again")
    func made() throws {
        try inFolder { path in
            let sealed = try KeyFile.key(at: path).seal("x", for: "y")
            #expect(try KeyFile.key(at: path).open(sealed, for: "y") == "x")
            let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
            #expect(mode == 0o600)
            let folder = (path as NSString).deletingLastPathComponent
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["marquee.key"])
        }
    }

    @Test("that others can read is refused, with the command that mends it", arguments: [0o640, 0o604, 0o660])
    func loose(mode: Int) throws {
        try inFolder { path in
            _ = try KeyFile.key(at: path)
            try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
            let error = #expect(throws: KeyFileError.self) { _ = try KeyFile.key(at: path) }
            #expect(error?.description.contains("chmod 600 \(path)") == true)
        }
    }

    @Test("that holds no key is refused and kept as it is", arguments: ["", "abc", String(repeating: "g", count: 64)])
    func damaged(content: String) throws {
        try inFolder { path in
            _ = FileManager.default.createFile(
                atPath: path, contents: Data(content.utf8), attributes: [.posixPermissions: 0o600])
            let error = #expect(throws: KeyFileError.self) { _ = try KeyFile.key(at: path) }
            #expect(error.map { content.isEmpty || !$0.description.contains(content) } == true)
            #expect(FileManager.default.contents(atPath: path) == Data(content.utf8))
        }
    }

    @Test("in a folder that cannot be written is refused")
    func unwritable() {
        #expect(throws: KeyFileError.self) { _ = try KeyFile.key(at: "/nowhere/at/all/marquee.key") }
    }
}
