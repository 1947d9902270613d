public import Deletion
public import JSONStream
import Media
public import OpenAPI

/// What a deletion would do, before anybody says yes.
public struct DeletionPlanShape: Shape {
    let plan: DeletionPlan
    let confirmCount: Int?

    public static let schema = Schema.named(
        "DeletionPlan",
        [
            "plan_id": .string.note("For `plan_id` of the deletion: it then does exactly this, or nothing."),
            "expires_at": .time, "dry_run": .boolean,
            "deletion_enabled": .boolean.note("False: no service is called, only Marquee's own row goes."),
            "delete_files": .boolean, "torrents": .choice(TorrentChoice.self), "add_exclusion": .boolean,
            "scope": DeletionScopeShape.schema.orNull,
            "items": .array(DeletionItemShape.schema).note("One for each deletion log."),
            "bytes": .count.orNull.note("Of files that would go, where a service told."),
            "confirm_count": .count.orNull.note("What `confirm_count` must be; null where it need not be sent."),
            "unknown_ids": .array(.id),
            "busy": .array(["request_id": .id, "deletion_log_id": .id]).note("Under deletion already."),
        ])

    /// `confirmCount`: the number that must be sent back; nil for none.
    public init(_ plan: DeletionPlan, confirmCount: Int?) {
        self.plan = plan
        self.confirmCount = confirmCount
    }

    public func write(to json: inout JSONWriter) {
        json.object { json in
            json.field("plan_id", plan.id)
            json.field("expires_at", plan.expiresAt)
            json.field("dry_run", true)
            json.field("deletion_enabled", plan.isEnabled)
            json.field("delete_files", plan.options.deletesFiles)
            json.field("torrents", plan.options.torrents.rawValue)
            json.field("add_exclusion", plan.options.addsExclusion)
            json.field("scope", plan.options.scope.map(DeletionScopeShape.init))
            json.field("items", plan.items.map(DeletionItemShape.init))
            json.field("bytes", plan.bytes)
            json.field("confirm_count", confirmCount.map(Int64.init))
            json.array("unknown_ids") { json in for id in plan.unknownIDs { json.value(id) } }
            json.array("busy") { json in
                for busy in plan.busy {
                    json.object { json in
                        json.field("request_id", busy.request)
                        json.field("deletion_log_id", busy.log)
                    }
                }
            }
        }
    }
}

/// One medium of a plan.
struct DeletionItemShape: Shape {
    let item: DeletionItem

    private static let warning: OpenAPI.Schema = ["code": .string, "detail": .string]

    static let schema = Schema.named(
        "DeletionPlanItem",
        [
            "request_ids": .array(.id).note("Every row that would end, the one asked for first."),
            "title": .string, "year": .integer.orNull, "media_type": .choice(MediaType.self),
            "variant": .choice(Variant.self).orNull, "is_anime": .boolean.orNull, "seasons": .array(.count),
            "ends_rows": .boolean.note("False where only seasons or episodes go."),
            "services": .array(PlannedStepShape.schema).note("Every service, the untouched ones too."),
            "unknown": .array(.choice(DeletionService.self)).note("Could not be asked; they fail and can be retried."),
            "bytes": .count.orNull, "warnings": .array(warning),
            "refusal": warning.orNull.note("Why it cannot be carried out as it stands."),
            "undo": ["restores": .array(.choice(DeletionService.self)), "cannot": .array(.string)],
        ])

    init(_ item: DeletionItem) { self.item = item }

    func write(to json: inout JSONWriter) {
        let subject = item.subject
        json.object { json in
            json.array("request_ids") { json in for request in subject.requests { json.value(request) } }
            json.field("title", subject.title)
            json.field("year", subject.year)
            json.field("media_type", subject.mediaType)
            json.field("variant", subject.variant)
            json.field("is_anime", subject.isAnime)
            json.array("seasons") { json in for season in subject.seasons { json.value(Int64(season)) } }
            json.field("ends_rows", item.endsRows)
            json.field("services", item.steps.map(PlannedStepShape.init))
            json.array("unknown") { json in for service in item.unknown { json.value(service.rawValue) } }
            json.field("bytes", item.bytes)
            json.array("warnings") { json in for warning in item.warnings { Self.write(warning, to: &json) } }
            json.key("refusal")
            if let refusal = item.refusal { Self.write(refusal, to: &json) } else { json.null() }
            json.object("undo") { json in
                json.array("restores") { json in for service in item.undo.restores { json.value(service.rawValue) } }
                json.array("cannot") { json in for what in item.undo.cannot { json.value(what) } }
            }
        }
    }

    private static func write(_ warning: DeletionWarning, to json: inout JSONWriter) {
        json.object { json in
            json.field("code", warning.code)
            json.field("detail", warning.detail)
        }
    }
}

/// One target of a plan.
struct PlannedStepShape: Shape {
    let step: PlannedStep

    static let schema = Schema.named(
        "PlannedStep",
        [
            "service": .choice(DeletionService.self), "instance": .string.orNull,
            "target": .string.note("Such as `movie:52`; empty for the service as a whole."), "name": .string.orNull,
            "status": .choice(StepStatus.allCases.map(\.rawValue) + ["unknown"]).note(
                "`pending` would be called; `unknown` could not be looked up."),
            "details": .string.orNull, "error": .string.orNull,
        ])

    init(_ step: PlannedStep) { self.step = step }

    func write(to json: inout JSONWriter) {
        json.object { json in
            json.field("service", step.service.rawValue)
            json.field("instance", step.instance)
            json.field("target", step.target)
            json.field("name", step.name)
            json.field("status", step.isUnknown ? "unknown" : step.status.rawValue)
            json.field("details", step.details)
            json.field("error", step.error)
        }
    }
}
