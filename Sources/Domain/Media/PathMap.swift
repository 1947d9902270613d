/// Translates each service's own paths into common ones (operations.md §1, `MARQUEE_PATH_MAP`).
public struct PathMap: Sendable, Hashable {
    public struct Rule: Sendable, Hashable {
        public var service: String
        public var instance: String?
        public var prefix: String
        public var common: String

        public init(service: String, instance: String?, prefix: String, common: String) {
            self.service = service
            self.instance = instance
            self.prefix = prefix
            self.common = common
        }
    }

    private let rules: [Rule]

    public init(_ rules: [Rule] = []) {
        self.rules = rules.sorted { $0.prefix.utf8.count > $1.prefix.utf8.count }
    }

    /// The path in common terms: the longest prefix wins, whole components only; an unmapped path stays.
    public func common(_ path: String, service: String, instance: String) -> String {
        let unified = Self.unified(path)
        for rule in rules where rule.service == service && (rule.instance == nil || rule.instance == instance) {
            let prefix = Self.unified(rule.prefix)
            if unified == prefix { return Self.unified(rule.common) }
            if unified.hasPrefix(prefix + "/") {
                return Self.unified(rule.common) + unified.dropFirst(prefix.count)
            }
        }
        return unified
    }

    /// One kind of separator, none at the end.
    static func unified(_ path: String) -> String {
        var text = String(path.map { $0 == "\\" ? "/" : $0 })
        while text.count > 1 && text.hasSuffix("/") { text.removeLast() }
        return text
    }
}
