import Media
import Testing

@testable import Tracking

@Suite("Why nothing was grabbed")
struct ReleaseWatchTests {
    @Test("the three commonest rejections come with their counts")
    func grouped() {
        let releases = [
            ReleaseReading(title: "a", isRejected: true, rejections: ["Too big", "Wrong language"]),
            ReleaseReading(title: "b", isRejected: true, rejections: ["Too big"]),
            ReleaseReading(title: "c", isRejected: true, rejections: ["Too small"]),
            ReleaseReading(title: "d", isRejected: true, rejections: ["Unknown"]),
        ]
        #expect(
            ReleaseWatch.reasons(of: releases)
                == "All 4 releases are rejected: Too big (2); Too small (1); Unknown (1)")
    }

    @Test("no release, or an acceptable one, is no rejection")
    func none() {
        #expect(ReleaseWatch.reasons(of: []) == nil)
        let mixed = [ReleaseReading(title: "a", isRejected: true), ReleaseReading(title: "b", isRejected: false)]
        #expect(ReleaseWatch.reasons(of: mixed) == nil)
    }
}
