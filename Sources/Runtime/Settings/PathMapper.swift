/// Rewrites the paths of one service instance into the common view.
public struct PathMapper: Sendable {
    private struct Step: Sendable {
        let prefix: [UInt8]
        let common: [UInt8]
        /// Whether `\` separates too: the prefix has a drive letter or a backslash.
        let isWindows: Bool
    }

    private let steps: [Step]

    /// Entries in the order they are tried.
    init(_ entries: [PathMap.Entry]) {
        steps = entries.map { entry in
            let prefix = Array(entry.prefix.utf8)
            let isWindows = prefix.contains(backslash) || prefix.dropFirst().first == UInt8(ascii: ":")
            return Step(
                prefix: isWindows ? prefix.map(unified) : prefix, common: Array(entry.common.utf8), isWindows: isWindows
            )
        }
    }

    /// Whether every path stays as it is.
    public var isIdentity: Bool { steps.isEmpty }

    /// The path in the common view; unmapped paths stay.
    ///
    /// A prefix ends at a separator or at the end of the path: `/tv` never matches `/tv2/Show`.
    public func callAsFunction(_ path: String) -> String {
        guard !isIdentity else { return path }
        let bytes = Array(path.utf8)
        for step in steps {
            let candidate = step.isWindows ? bytes.map(unified) : bytes
            guard candidate.starts(with: step.prefix) else { continue }
            let rest = candidate.dropFirst(step.prefix.count)
            guard rest.isEmpty || rest.first == slash else { continue }
            let mapped = step.common + rest
            return mapped.isEmpty ? "/" : String(decoding: mapped, as: UTF8.self)
        }
        return path
    }
}

private let slash = UInt8(ascii: "/")
private let backslash = UInt8(ascii: "\\")

@Sendable private func unified(_ byte: UInt8) -> UInt8 { byte == backslash ? slash : byte }
