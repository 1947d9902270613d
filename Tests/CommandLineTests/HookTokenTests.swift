import Foundation
import Testing

@testable import CommandLine

@Suite final class HookTokenTests {
    let directory = FileManager.default.temporaryDirectory.appending(path: "hook-\(UUID())")
    var path: String { directory.path + "/marquee.hook-token" }
    private let token = String(repeating: "0f", count: 32)

    init() throws { try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true) }

    deinit { try? FileManager.default.removeItem(at: directory) }

    private func keep(_ content: String, mode: Int = 0o600) {
        #expect(
            FileManager.default.createFile(
                atPath: path, contents: Data(content.utf8), attributes: [.posixPermissions: mode]))
    }

    @Test("an earlier version's token is read, with or without a line's end", arguments: ["", "\n"])
    func kept(end: String) throws {
        keep(token + end)
        #expect(try HookToken.kept(in: directory.path) == token)
    }

    @Test("none is made where there is none") func none() throws {
        #expect(try HookToken.kept(in: directory.path) == nil)
        #expect(try FileManager.default.contentsOfDirectory(atPath: directory.path).isEmpty)
    }

    @Test("what others can read is no secret") func looseFile() throws {
        keep(token, mode: 0o640)
        #expect(throws: HookTokenError.self) { try HookToken.kept(in: self.directory.path) }
    }

    @Test(
        "an empty or broken file is not taken for a token",
        arguments: ["", "short\n", String(repeating: "a b", count: 20)])
    func broken(content: String) throws {
        keep(content)
        #expect(throws: HookTokenError.self) { try HookToken.kept(in: self.directory.path) }
    }
}
