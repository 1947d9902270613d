public import JSONStream
public import Media
public import Store

/// One line of a plan: what would change, and why.
public struct ChangeShape: Shape, Sendable {
    public let change: PlannedChange
    public let position: PlanPosition

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
