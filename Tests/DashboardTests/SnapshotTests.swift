import Dashboard
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

    @Test("one request")
    func request() throws {
        let main = try #require(RequestPage(Samples.request(), page).fragment("main"))
        try expectSnapshot(of: lines(main.string), named: "request.html")
    }

    @Test("an error with its trace id")
    func error() throws {
        let model = ErrorPage.Model(status: 404, traceID: "5f0c9d11")
        try expectSnapshot(of: lines(ErrorPage(model, page).body.string), named: "error-404.html")
    }
}
