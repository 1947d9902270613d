import Dashboard
import Foundation
import HTML
import Synchronization

/// The pages of the dashboard on a server of the test's own: what is shown and sent is under its control.
final class Stage: Sendable {
    /// Exactly the policy of security.md §5.
    static let policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
        + "form-action 'self'; base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; "
        + "trusted-types marquee"

    private struct State {
        var running: JobModel?
        var report: RunReport.Model?
        var rows: [RequestsPage.Row]
        var activity = ActivityPage.Model()
        var status = StatusPage.Model()
        var request: RequestPage.Model?
        var isSignedOut = false
        var version: Int64 = 10
    }

    private let state: Mutex<State>
    private let page = PageContext()
    let server: PageServer

    init(rows: [RequestsPage.Row] = []) throws {
        state = Mutex(State(rows: rows))
        let routes = Routes()
        server = try PageServer { routes.answer($0) }
        routes.set { [weak self] in self?.answer($0) }
    }

    func show(running: JobModel?, report: RunReport.Model? = nil) {
        state.withLock {
            $0.running = running
            $0.report = report
            $0.version += 1
        }
    }

    func show(rows: [RequestsPage.Row]) {
        state.withLock { $0.rows = rows }
    }

    func show(activity: ActivityPage.Model) {
        state.withLock { $0.activity = activity }
    }

    func show(status: StatusPage.Model) {
        state.withLock { $0.status = status }
    }

    func show(request: RequestPage.Model) {
        state.withLock { $0.request = request }
    }

    /// Answers everything but assets with 401 from now on, or no more.
    func signOut(_ isOut: Bool = true) {
        state.withLock { $0.isSignedOut = isOut }
    }

    /// Sends a live patch of some components, as the API does.
    func patch(_ id: Int, _ components: [String: Markup], removed: [String] = []) throws {
        let html = JSON.object(components.mapValues { .string($0.string) })
        let data: JSON = ["html": html, "removed": .array(removed.map { .string($0) })]
        server.send("job", id: id, data: String(decoding: try JSONEncoder().encode(data), as: UTF8.self))
    }

    private func answer(_ request: PageServer.Request) -> PageServer.Answer? {
        if let asset = Assets.named(String(request.path.split(separator: "/").last ?? "")) {
            return PageServer.Answer(type: asset.contentType, body: asset.bytes)
        }
        let fragment = request.query.split(separator: "&").first { $0.hasPrefix("fragment=") }?.dropFirst(9)
        let state = self.state.withLock { $0 }
        if state.isSignedOut { return PageServer.Answer(status: 401) }
        switch (request.method, request.path) {
        case ("GET", "/"):
            let activity = ActivityPage(state.activity, page)
            return html(
                fragment.map { activity.fragment(String($0)) } ?? activity.whole(Frame(version: state.version)))
        case ("GET", "/status"):
            let status = StatusPage(state.status, page)
            return html(fragment.map { status.fragment(String($0)) } ?? status.whole(Frame(version: state.version)))
        case ("GET", "/request/17"):
            guard var model = state.request else { return nil }
            if request.query.contains("dialog=override") { model.dialog = .override }
            if request.query.contains("season=2") {
                model.episodes.seasons[1].episodes = [.init(number: 1, title: "Two", stage: .available)]
            }
            let one = RequestPage(model, page)
            return html(fragment.map { one.fragment(String($0)) } ?? one.whole(Frame(version: state.version)))
        case ("GET", "/library"):
            var model = LibraryPage.Model()
            model.running = state.running
            model.report = request.query.contains("job=") ? state.report : nil
            model.version = state.version
            let library = LibraryPage(model, page)
            return html(
                fragment.map { library.fragment(String($0)) } ?? library.whole(Frame(jobs: [], version: state.version)))
        case ("GET", "/requests"):
            var model = RequestsPage.Model()
            model.rows = state.rows
            model.total = Int64(state.rows.count)
            let list = RequestsPage(model, page)
            return html(
                fragment.map { list.fragment(String($0)) } ?? list.whole(Frame(jobs: [], version: state.version)))
        case ("POST", "/api/requests/17/verify"):
            return PageServer.Answer(
                type: "application/json", body: Array(#"{"request":{},"result":"not_found"}"#.utf8))
        case ("POST", "/api/requests/17/override"):
            return PageServer.Answer(type: "application/json", body: Array(#"{"request":{}}"#.utf8))
        case ("POST", _) where request.headers["prefer"] == nil:
            return PageServer.Answer(status: 303, headers: [("Location", "/library?job=191")])
        case ("POST", _):
            return PageServer.Answer(
                status: 202, type: "application/json", headers: [("Location", "/api/jobs/191")], body: Array("{}".utf8))
        default: return nil
        }
    }

    private func html(_ markup: Markup?) -> PageServer.Answer? {
        markup.map { PageServer.Answer(headers: [("Content-Security-Policy", Self.policy)], body: $0.bytes) }
    }
}

/// Where a server looks up what to answer, set once its owner exists.
private final class Routes: Sendable {
    private let handler = Mutex<(@Sendable (PageServer.Request) -> PageServer.Answer?)?>(nil)

    func set(_ handler: @escaping @Sendable (PageServer.Request) -> PageServer.Answer?) {
        self.handler.withLock { $0 = handler }
    }

    func answer(_ request: PageServer.Request) -> PageServer.Answer? {
        let handler = handler.withLock { $0 }
        return handler?(request)
    }
}
