import JSONStream
import Media
import OpenAPI
import Shapes
import Store
import Tracking

/// How to set up every sender of webhooks, and what came of what they sent (api.md §2).
///
/// The secrets themselves are not told: each is shown once, when it is made.
struct HookListShape: Shape {
    static let schema = Schema.named(
        "HookList",
        [
            "hooks": .array([
                "service": .string, "instance": .string, "url": .string.note("To paste into the service."),
                "header": ["name": .string, "value_from": .string.note("What tells, or makes, its value.")],
                "secret_made_at": .time.orNull, "secret_heard_at": .time.orNull,
                "events": .array(.string).note("To tick in the service, by its own names."),
                "last_heard": .time.orNull,
                "counts": .object(of: InboxOutcome.allCases.map(\.rawValue), .count),
            ])
        ])

    let known: [HealthBoard.Entry]
    let summary: [InboxSummary]
    let secrets: [HookSecret]
    /// Whether `MARQUEE_WEBHOOK_TOKEN` opens all.
    let hasOneForAll: Bool
    /// Marquee's own address, without a slash at the end.
    let base: String

    /// What to tick in each service, by its own names.
    private static let events: [(service: String, events: [String])] = [
        (
            "jellyseerr",
            [
                "Request Pending Approval", "Request Automatically Approved", "Request Approved", "Request Declined",
                "Request Available", "Request Processing Failed",
            ]
        ),
        (
            "radarr",
            [
                "On Grab", "On File Import", "On File Upgrade", "On Import Complete", "On Rename", "On Movie Added",
                "On Movie Delete", "On Movie File Delete", "On Manual Interaction Required",
            ]
        ),
        (
            "sonarr",
            [
                "On Grab", "On File Import", "On File Upgrade", "On Import Complete", "On Rename", "On Series Add",
                "On Series Delete", "On Episode File Delete", "On Manual Interaction Required",
            ]
        ),
        ("jellyfin", ["Item Added", "Item Deleted"]),
    ]

    /// One that sends, with what was heard of it.
    struct Sender {
        let service: String
        let instance: String
        let address: HookAddress
        /// What to tick.
        let events: [String]
        let heard: [InboxSummary]
        /// The newest of its secrets.
        let newest: HookSecret?
    }

    /// Every sender, by service and instance.
    var senders: [Sender] {
        Self.events.filter { HookService(name: $0.service) != nil }.flatMap { service, events in
            instances(of: service).map { instance in
                Sender(
                    service: service, instance: instance,
                    address: HookAddress(service: service, instance: instance, base: base), events: events,
                    heard: summary.filter { $0.service == service && $0.instance == instance },
                    newest: secrets.last { $0.service == service && $0.instance == instance })
            }
        }
    }

    func write(to json: inout JSONWriter) {
        json.object { json in
            json.array("hooks") { json in
                for sender in senders { write(sender, to: &json) }
            }
        }
    }

    /// Those configured, and those that have been heard without being so.
    private func instances(of service: String) -> [String] {
        let all =
            known.filter { $0.service == service }.map(\.instance)
            + summary.filter { $0.service == service }.map(\.instance)
        return all.isEmpty ? ["default"] : Array(Set(all)).sorted()
    }

    private func write(_ sender: Sender, to json: inout JSONWriter) {
        json.object { json in
            json.field("service", sender.service)
            json.field("instance", sender.instance)
            json.field("url", sender.address.url)
            json.object("header") { json in
                json.field("name", sender.address.header)
                json.field("value_from", hasOneForAll ? "MARQUEE_WEBHOOK_TOKEN" : sender.address.command)
            }
            json.field("secret_made_at", sender.newest?.madeAt.rfc3339)
            json.field("secret_heard_at", sender.newest?.heardAt?.rfc3339)
            json.array("events") { json in
                for event in sender.events { json.value(event) }
            }
            json.field("last_heard", sender.heard.map(\.lastHeard).max()?.rfc3339)
            json.object("counts") { json in
                for outcome in InboxOutcome.allCases {
                    json.key(string: outcome.rawValue)
                    json.value(sender.heard.first { $0.outcome == outcome }?.count ?? 0)
                }
            }
        }
    }
}

/// Where one instance sends its webhooks, and with which header.
struct HookAddress {
    let service: String
    let instance: String
    /// Marquee's own address, without a slash at the end.
    let base: String

    var url: String { base + "/hooks/" + service + (instance == "default" ? "" : "/" + instance) }

    /// Seerr sets no header but this one.
    var header: String { service == "jellyseerr" ? "Authorization" : "X-Marquee-Token" }

    /// What makes its secret.
    var command: String { "marquee hooks secret " + service + (instance == "default" ? "" : "/" + instance) }
}

/// A secret that was just made: the only time it is told.
struct NewHookSecretShape: Shape {
    static let schema = Schema.named(
        "NewHookSecret",
        [
            "service": .string, "instance": .string, "url": .string,
            "header": ["name": .string, "value": .string.note("Told this once.")],
        ])

    let hook: HookAddress
    let secret: String

    func write(to json: inout JSONWriter) {
        json.object { json in
            json.field("service", hook.service)
            json.field("instance", hook.instance)
            json.field("url", hook.url)
            json.object("header") { json in
                json.field("name", hook.header)
                json.field("value", secret)
            }
        }
    }
}
