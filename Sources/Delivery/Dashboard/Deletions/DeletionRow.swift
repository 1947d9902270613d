public import HTML

/// One deletion of the list, as page and as live patch; it opens to its course.
public struct DeletionRow: Component, Sendable {
    /// The element that holds the rows.
    static let listID = "deletion-rows"
    /// The services that have a column of their own.
    static let columns = ["qbittorrent", "sonarr", "radarr", "shoko", "jellyfin", "jellyseerr"]

    /// The id of a row's element, for live patches.
    public static func elementID(_ log: Int64) -> String { "deletion-\(log)" }

    let model: DeletionModel
    let isOpened: Bool
    let page: PageContext

    /// - Parameters:
    ///   - model: the deletion.
    ///   - isOpened: whether its course is shown from the start.
    ///   - page: what every view needs.
    public init(_ model: DeletionModel, isOpened: Bool = false, _ page: PageContext) {
        self.isOpened = isOpened
        self.model = model
        self.page = page
    }

    public var body: Markup {
        tr(
            .id(Self.elementID(model.id)), .data("version", String(model.version)), .data("list", Self.listID),
            .data("order", String(-model.id)), .data("status", model.status.rawValue),
            .data("source", model.source.rawValue), .data("media_type", model.kind.rawValue), .flag("data-row")
        ) {
            th(.scope("row")) {
                MediaLabel(
                    page, title: model.title, year: model.year, kind: model.kind,
                    url: model.request.map { page.url("/request/\($0)") })
                course
            }
            td(.data("label", page[.deletionSource])) {
                DeletionWords.word(model.source, page)
                p(.class("muted small")) { bdi { model.by } }
            }
            td { DeletionWords.badge(model.status, page) }
            td(.class("when"), .data("label", page[.deletionStarted])) { Moment(model.startedAt) }
            td(.class("number"), .data("label", page[.deletionFreed])) { BytesText.size(model.freedBytes) ?? "–" }
            for service in Self.columns { cell(service) }
        }
    }

    /// The instance in the worst state speaks for the service.
    private func cell(_ service: String) -> Markup {
        let own = model.services.filter { $0.service == service }
        let order: [DeletionModel.Step] = [
            .failed, .unknown, .pending, .acknowledged, .confirmed, .verified, .skipped, .notNeeded, .notApplicable,
        ]
        let state = order.first { step in own.contains { $0.status == step } } ?? .notApplicable
        let badge = DeletionWords.badge(state, page)
        return td(.data("label", ActionWords.service(service, page))) {
            span(
                .class("badge \(badge.tone.rawValue)"), .role("img"), .named("title", badge.word),
                .aria("label", badge.word)
            ) { badge.icon.markup }
        }
    }

    private var course: Markup {
        details(.flag("open", isOpened)) {
            summary { page[.deletionCourse] }
            DeletionActions(model, page)
            DeletionLines(model.services, page)
            if !model.leftBehind.isEmpty {
                p { page[.deletionLeftBehind] }
                ul(.class("messages")) { for path in model.leftBehind { li { bdi { path } } } }
            }
            ol(.class("small muted")) {
                for event in model.events {
                    li {
                        Moment(event.at)
                        " " + DeletionWords.service(event.outcome, page) + " "
                        code { event.target }
                        " " + DeletionWords.badge(event.outcome.status, page).word
                        if let text = event.outcome.error ?? event.outcome.details { bdi { " " + text } }
                    }
                }
            }
        }
    }
}
