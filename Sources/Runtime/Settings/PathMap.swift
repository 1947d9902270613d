/// How the paths each service reports look in the one view all are compared in.
///
/// An entry reads `service[/instance]:PREFIX=COMMON`. The first colon ends the service, so `sonarr:D:\TV=/media/tv` works;
/// the last `=` ends the prefix. An entry without an instance holds for every instance of its service.
public struct PathMap: Sendable, Hashable {
    /// The pseudo-service that names Marquee's own read-only view of the disk.
    public static let disk = "disk"

    /// One prefix and what stands in its place.
    public struct Entry: Sendable, Hashable {
        /// A service, or `disk`.
        public let service: String
        /// Nil for every instance.
        public let instance: String?
        public let prefix: String
        public let common: String
    }

    public let entries: [Entry]

    public init(entries: [Entry] = []) { self.entries = entries }

    /// Nil when an entry breaks the form or names an unknown service.
    init?(entries texts: [String]) {
        let entries = texts.compactMap { Entry($0) }
        guard entries.count == texts.count else { return nil }
        self.entries = entries
    }

    /// The rewriting for one instance, ready to be applied many times.
    public func mapper(for service: String, instance: String = ServiceInstance.defaultName) -> PathMapper {
        let chosen = entries.filter { $0.service == service && ($0.instance ?? instance) == instance }
        return PathMapper(
            chosen.sorted { left, right in
                let lengths = (left.prefix.utf8.count, right.prefix.utf8.count)
                return lengths.0 == lengths.1 ? left.instance != nil && right.instance == nil : lengths.0 > lengths.1
            })
    }
}

extension PathMap.Entry {
    init?(_ text: String) {
        guard let colon = text.firstIndex(of: ":"), let equals = text.lastIndex(of: "="), colon < equals
        else { return nil }
        let target = text[..<colon].split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
            .map(String.init)
        let prefix = trimmingBlanks(String(text[text.index(after: colon)..<equals]))
        let common = trimmingBlanks(String(text[text.index(after: equals)...]))
        guard let service = target.first, UpstreamService(rawValue: service) != nil || service == PathMap.disk,
            target.count == 1 || isInstanceName(target[1]), !prefix.isEmpty, common.hasPrefix("/")
        else { return nil }
        self.init(
            service: service, instance: target.count > 1 ? target[1] : nil, prefix: withoutTrailingSlash(prefix),
            common: withoutTrailingSlash(common))
    }
}

/// Whether a text can name an instance: lower-case letters, digits, `-` and `_`.
func isInstanceName(_ text: String) -> Bool {
    !text.isEmpty
        && text.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"): true
            case UInt8(ascii: "-"), UInt8(ascii: "_"): true
            default: false
            }
        }
}

/// `/` becomes empty: what follows a prefix always starts with its own separator.
private func withoutTrailingSlash(_ path: String) -> String {
    path.hasSuffix("/") || path.hasSuffix("\\") ? String(path.dropLast()) : path
}

extension PathMap {
    /// A path of the common view as one instance sees it: the longest common prefix goes back to that instance's own.
    ///
    /// - Returns: the path itself where nothing is mapped for the instance; nil where the map does not cover it.
    public func ownPath(of path: String, for service: String, instance: String) -> String? {
        let chosen = entries.filter { $0.service == service && ($0.instance ?? instance) == instance }
        if chosen.isEmpty { return path }
        let fitting = chosen.filter { path == $0.common || path.hasPrefix($0.common + "/") }
        guard let entry = fitting.max(by: { $0.common.utf8.count < $1.common.utf8.count }) else { return nil }
        let rest = path.dropFirst(entry.common.count)
        let isWindows = entry.prefix.contains("\\") || entry.prefix.dropFirst().first == ":"
        return entry.prefix + (isWindows ? String(rest.map { $0 == "/" ? "\\" : $0 }) : String(rest))
    }
}
