import Foundation
import Testing

@testable import CommandLine

@Suite final class HookTokenTests {
    let directory = FileManager.default.temporaryDirectory.appending(path: "hook-\(UUID())")
    var path: String { directory.path + "/marquee.hook-token" }

    init() throws { try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true) }

    deinit { try? FileManager.default.removeItem(at: directory) }

    @Test("made once, then the same for ever, for its owner alone") func kept() throws {
        let token = try HookToken.kept(in: directory.path)
        #expect(token.utf8.count == 64)
        #expect(try HookToken.kept(in: directory.path) == token)
        let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
        #expect(mode == 0o600)
    }

    @Test("what others can read is no secret") func looseFile() throws {
        _ = try HookToken.kept(in: directory.path)
        try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: path)
        #expect(throws: HookTokenError.self) { try HookToken.kept(in: self.directory.path) }
    }

    @Test(
        "an empty or broken file is not taken for a token",
        arguments: ["", "short\n", String(repeating: "a b", count: 20)])
    func broken(content: String) throws {
        #expect(
            FileManager.default.createFile(
                atPath: path, contents: Data(content.utf8), attributes: [.posixPermissions: 0o600]))
        #expect(throws: HookTokenError.self) { try HookToken.kept(in: self.directory.path) }
    }

    @Test("a directory that is not there is named") func missing() {
        #expect(throws: LockError.self) { try HookToken.kept(in: self.directory.path + "/none") }
    }
}
