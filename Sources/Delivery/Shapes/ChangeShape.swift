public import JSONStream
public import Media
public import OpenAPI
public import Store

/// One line of a plan: what would change, and why.
public struct ChangeShape: Shape, Sendable {
    public let change: PlannedChange
    public let position: PlanPosition

    public static let schema = Schema.named(
        "Change",
        [
            "action": .choice(PlanAction.allCases.map(\.name)), "request_id": .id.orNull,
            "media_type": .choice(MediaType.self), "title": .string, "year": .integer.orNull,
            "item_id": .string.orNull.note("Jellyfin's."),
            "fields": .array(["field": .string, "before": value, "after": value, "source": .string.orNull]),
            "conflicts": conflicts, "kind": .string.orNull, "candidates": candidates,
        ])

    /// A field's value as the API shows it.
    private static let value = Schema.either(.string, .integer, .boolean).orNull

    static let conflicts = Schema.array(["field": .string, "stored": value, "found": value])

    /// What an item may stand for: entries of the *arr, or requests.
    static let candidates = Schema.array(
        .either(
            ["service": .string, "instance": .string, "id": .id],
            [
                "request_id": .id, "title": .string, "year": .integer.orNull, "tmdb_id": .integer.orNull,
                "tvdb_id": .integer.orNull, "imdb_id": .string.orNull,
            ]))

    public init(_ change: PlannedChange, at position: PlanPosition) {
        self.change = change
        self.position = position
    }

    public func write(to json: inout JSONWriter) {
        json.object { json in
            json.field("action", change.action.name)
            json.field("request_id", change.requestID)
            json.field("media_type", change.mediaType.rawValue)
            json.field("title", change.title)
            json.field("year", change.year)
            json.field("item_id", change.itemID?.text)
            json.array("fields") { json in
                for field in FillableField.allCases where change.fills.contains(field) { write(field, to: &json) }
                if let stage = change.stage { write(stage, to: &json) }
            }
            json.field("conflicts", json: change.record.text(PlannedChange.Slot.conflicts) ?? "[]")
            json.field("kind", change.kind)
            json.field("candidates", json: change.record.text(PlannedChange.Slot.candidates) ?? "[]")
        }
    }

    private func write(_ field: FillableField, to json: inout JSONWriter) {
        json.object { json in
            json.field("field", field.name)
            json.field("before", change.action == .drift ? change.storedItem?.text : nil)
            let value = change.value(of: field)
            if field == .isAnime {
                json.field("after", value.map { $0 == "true" })
            } else if field.isNumber, let number = value.flatMap({ Int64($0) }) {
                json.field("after", number)
            } else {
                json.field("after", value)
            }
            json.field("source", change.source(of: field))
        }
    }

    private func write(_ stage: Stage, to json: inout JSONWriter) {
        json.object { json in
            json.field("field", "state")
            json.field("before", change.stageBefore?.rawValue)
            json.field("after", stage.rawValue)
            json.field("source", change.stageSource)
        }
    }
}

extension FillableField {
    var isNumber: Bool {
        switch self {
        case .tmdbID, .tvdbID, .radarrID, .sonarrID, .year: true
        case .jellyfinID, .imdbID, .isAnime, .posterURL, .overview, .availableAt: false
        }
    }
}
