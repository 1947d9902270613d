public import JSONStream
import Media
public import OpenAPI
public import Store
public import Tracking

/// The answer to a webhook (api.md §2).
public struct HookReceiptShape: Shape {
    let receipt: HookReceipt

    public static let schema = Schema.named(
        "HookReceipt",
        [
            "status": .choice(["accepted"]), "id": .id, "event": .string.orNull,
            "request_id": .id.orNull.note("Null if no request is concerned, or none yet."),
        ])

    public init(_ receipt: HookReceipt) { self.receipt = receipt }

    public func write(to json: inout JSONWriter) {
        json.object { json in
            json.field("status", "accepted")
            json.field("id", receipt.id)
            json.field("event", receipt.event)
            json.field("request_id", receipt.request)
        }
    }
}

/// One received webhook and what became of it.
public struct InboxEntryShape: Shape {
    let entry: InboxEntry

    public static let schema = Schema.named(
        "InboxEntry",
        [
            "id": .id, "received_at": .time, "service": .string, "instance": .string, "event": .string.orNull,
            "outcome": .choice(InboxOutcome.self), "request_id": .id.orNull, "can_replay": .boolean,
        ])

    public init(_ entry: InboxEntry) { self.entry = entry }

    public func write(to json: inout JSONWriter) {
        json.object { json in
            json.field("id", entry.id)
            json.field("received_at", entry.receivedAt)
            json.field("service", entry.service)
            json.field("instance", entry.instance)
            json.field("event", entry.event)
            json.field("outcome", entry.outcome.rawValue)
            json.field("request_id", entry.request)
            json.field("can_replay", entry.hasBody)
        }
    }
}
