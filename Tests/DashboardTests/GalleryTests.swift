import Dashboard
import Foundation
import HTML
import Testing

@Suite("Gallery")
struct GalleryTests {
    @Test(
        "writes every page into a folder, for looking at them",
        .enabled(if: ProcessInfo.processInfo.environment["MARQUEE_GALLERY"] != nil))
    func write() throws {
        let folder = URL(fileURLWithPath: ProcessInfo.processInfo.environment["MARQUEE_GALLERY"] ?? "")
        for theme in PageContext.Theme.allCases {
            for sample in Samples.pages(PageContext(theme: theme)) {
                let file = folder.appendingPathComponent("\(sample.name).\(theme.rawValue).html")
                try Data(sample.page.bytes).write(to: file)
            }
        }
    }
}
