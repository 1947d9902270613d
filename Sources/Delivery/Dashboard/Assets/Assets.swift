import CWebAssets

/// The dashboard's own files, embedded in the program.
///
/// They are a C target's `#embed`: a Swift literal of the same size takes minutes to compile (traps.md §5).
public enum Assets {
    /// The one style sheet.
    public static let css = unsafe Asset(
        "app", "css", "text/css; charset=utf-8", StyleSheet.squeezed(copy(cwebassets_css())))
    /// The one ES module.
    public static let js = unsafe Asset("app", "js", "text/javascript; charset=utf-8", copy(cwebassets_js()))
    /// The icon of the tab.
    public static let favicon = unsafe Asset("favicon", "svg", "image/svg+xml", copy(cwebassets_favicon()))
    /// All of them, for the route that serves them.
    public static let all = [css, js, favicon]

    /// The asset of that exact name; an older hash is not found.
    public static func named(_ name: String) -> Asset? {
        all.first { $0.name == name }
    }

    private static func copy(_ file: cwebassets_file) -> [UInt8] {
        unsafe Array(UnsafeBufferPointer(start: file.bytes, count: file.count))
    }
}
