import JSONStream
import Media

/// A film's or episode's file as a webhook describes it.
struct HookFile {
    private let node: JSONNode
    let id: Int64?
    let path: String?

    init(_ node: JSONNode, of title: HookTitle) {
        self.node = node
        id = node["id"].id
        path = Self.path(node, title)
    }

    var quality: String? { node.qualityName }
    var size: Int64? { node["size"].size }
    var sceneName: String? { node["sceneName"].filledText }
    /// What may name the file's episodes, the program's own name first.
    var names: [String] {
        [node["relativePath"].filledText, path, sceneName, node["previousRelativePath"].filledText].compactMap(\.self)
    }

    /// Where the file is: version 3 names the place it was imported from, so a path must lie in the title's folder.
    private static func path(_ node: JSONNode, _ title: HookTitle) -> String? {
        let sent = node["path"].filledText ?? title.filePath
        guard let relative = node["relativePath"].filledText, var folder = title.folder else { return sent }
        while folder.last == "/" || folder.last == "\\" { folder.removeLast() }
        if let sent, sent.hasPrefix(folder), let next = sent.dropFirst(folder.count).first, next == "/" || next == "\\"
        {
            return sent
        }
        return FileKey.path(of: relative, in: folder)
    }
}
