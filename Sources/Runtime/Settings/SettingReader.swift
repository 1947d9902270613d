/// Takes values out of the layers, applying each setting's rule and noting what is wrong and where values came from.
///
/// It never stops at the first problem, so one start names them all.
struct SettingReader {
    /// Later wins.
    let layers: [SettingLayer]
    let readFile: (String) throws -> [UInt8]
    private(set) var problems: [ConfigurationError.Problem] = []
    private(set) var reports: [SettingReport] = []
    /// The secrets that are never shown, not even in part: for redaction.
    private(set) var secrets: [String] = []

    init(layers: [SettingLayer], readFile: @escaping (String) throws -> [UInt8]) {
        self.layers = layers
        self.readFile = readFile
    }

    /// The value set, else the declared default.
    mutating func value<Value>(_ defaulted: DefaultedSetting<Value>) -> Value {
        value(defaulted.setting) ?? defaulted.fallback
    }

    /// The value set; nil where none is or its rule is broken.
    mutating func value<Value>(_ setting: Setting<Value>) -> Value? {
        guard let found = find(setting) else {
            report(setting, .builtIn, setting.isSecret ? "not set" : plainText(setting.fallbackText))
            return nil
        }
        guard let value = setting.rule.parse(found.value) else {
            fail(setting.name, found.source, "must be \(setting.rule.text)")
            return nil
        }
        if setting.isSecret, setting.rule.masked == nil { secrets.append(found.value.text) }
        report(setting, found.source, display(setting, found))
        return value
    }

    /// The value set, else one that depends on more than the setting.
    mutating func value<Value>(
        _ setting: Setting<Value>, or fallback: @autoclosure () -> Value, shown: (Value) -> String
    ) -> Value {
        if let value = value(setting) { return value }
        let value = fallback()
        reports.removeAll { $0.name == setting.name }
        report(setting, .builtIn, shown(value))
        return value
    }

    /// Notes a problem that one rule alone cannot see.
    mutating func fail(_ key: String, _ source: SettingSource?, _ sentence: String) {
        problems.append(.init(key: key, source: source, sentence: sentence))
    }

    /// Where the value that holds came from; nil while nothing sets it.
    func source(of name: String) -> SettingSource? {
        reports.last { $0.name == name && $0.source != .builtIn }?.source
    }

    private struct Found {
        let value: RawValue
        let source: SettingSource
        let isFromFile: Bool
    }

    /// The last layer that sets the name, directly or by `NAME_FILE`.
    private mutating func find<Value>(_ setting: Setting<Value>) -> Found? {
        for layer in layers.reversed() where setting.reach.includes(layer.source) {
            let direct = layer[setting.name]
            let path = setting.isSecret ? layer[setting.name + "_FILE"] : nil
            switch (direct, path) {
            case (nil, nil): continue
            case (let value?, nil): return Found(value: value, source: layer.source, isFromFile: false)
            case (nil, let path?): return readSecret(setting.name + "_FILE", path.text, layer.source)
            case (_?, _?):
                fail(setting.name, layer.source, "is set together with \(setting.name)_FILE; keep one of the two")
                return nil
            }
        }
        return nil
    }

    /// The content of a secret's file without one trailing newline.
    private mutating func readSecret(_ name: String, _ path: String, _ source: SettingSource) -> Found? {
        do {
            var bytes = try readFile(path)
            if bytes.last == UInt8(ascii: "\n") { bytes.removeLast() }
            guard !bytes.isEmpty else {
                fail(name, source, "names an empty file, \(path)")
                return nil
            }
            return Found(value: .text(String(decoding: bytes, as: UTF8.self)), source: source, isFromFile: true)
        } catch {
            fail(name, source, "names a file that cannot be read, \(path) (\(error))")
            return nil
        }
    }

    private func display<Value>(_ setting: Setting<Value>, _ found: Found) -> String {
        guard setting.isSecret else { return found.value.text }
        return (setting.rule.masked?(found.value) ?? "set") + (found.isFromFile ? ", from file" : "")
    }

    private mutating func report<Value>(_ setting: Setting<Value>, _ source: SettingSource, _ display: String) {
        reports.append(
            SettingReport(name: setting.name, source: source, display: display, isSecret: setting.isSecret))
    }
}

/// Markdown code marks removed: for a terminal.
private func plainText(_ markdown: String) -> String {
    markdown.split(separator: "`", omittingEmptySubsequences: true).joined()
}
