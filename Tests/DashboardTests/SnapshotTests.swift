import Dashboard
import Foundation
import HTML
import TestSupport
import Testing

@Suite("Page snapshots")
struct SnapshotTests {
    let page = PageContext()

    @Test("the Library page in each state", arguments: Samples.library.map(\.name))
    func library(name: String) throws {
        let sample = try #require(Samples.library.first { $0.name == name })
        let main = try #require(LibraryPage(sample.model, page).fragment("main"))
        try expectSnapshot(of: lines(main.string), named: "library-\(name).html")
    }

    @Test("the list of requests, full, empty and without a match")
    func requests() throws {
        let models = [
            ("requests", Samples.requests()), ("requests-empty", Samples.emptyRequests(filtered: false)),
            ("requests-no-match", Samples.emptyRequests(filtered: true)),
        ]
        for (name, model) in models {
            let main = try #require(RequestsPage(model, page).fragment("main"))
            try expectSnapshot(of: lines(main.string), named: "\(name).html")
        }
    }

    @Test("the History page, full, empty and without a match", arguments: Samples.histories.map(\.name))
    func history(name: String) throws {
        let sample = try #require(Samples.histories.first { $0.name == name })
        let main = try #require(HistoryPage(sample.model, page).fragment("main"))
        try expectSnapshot(of: lines(main.string), named: "\(name).html")
    }

    @Test("one request in each state", arguments: Samples.requestPages.map(\.name))
    func request(name: String) throws {
        let sample = try #require(Samples.requestPages.first { $0.name == name })
        let main = try #require(RequestPage(sample.model, page).fragment("main"))
        try expectSnapshot(of: lines(main.string), named: "request-\(name).html")
    }

    @Test("the Activity page in each state", arguments: Samples.activities.map(\.name))
    func activity(name: String) throws {
        let sample = try #require(Samples.activities.first { $0.name == name })
        let main = try #require(ActivityPage(sample.model, page).fragment("main"))
        try expectSnapshot(of: lines(main.string), named: "activity-\(name).html")
    }

    @Test("the Status page, and the frame with a silent service and a badge")
    func status() throws {
        let main = try #require(StatusPage(Samples.status(), page).fragment("main"))
        try expectSnapshot(of: lines(main.string), named: "status.html")
        let whole = ActivityPage(ActivityPage.Model(), page).whole(Samples.frame).string
        let frame = whole.components(separatedBy: "<main").first?.components(separatedBy: "</svg><nav").last ?? ""
        try expectSnapshot(of: lines(frame), named: "frame.html")
    }

    @Test("an error with its trace id")
    func error() throws {
        let model = ErrorPage.Model(status: 404, traceID: "5f0c9d11")
        try expectSnapshot(of: lines(ErrorPage(model, page).body.string), named: "error-404.html")
    }
}
