import JSONStream
import Media
import Shapes
import Store
import Tracking

/// How to set up every sender of webhooks, and what came of what they sent (api.md §2).
///
/// The secret itself is not told: whoever sets a service up takes it from the configuration or the data directory.
struct HookListShape: Shape {
    let known: [HealthBoard.Entry]
    let summary: [InboxSummary]
    /// Marquee's own address, without a slash at the end.
    let base: String

    /// What to tick in each service, by its own names.
    private static let events: [(service: String, header: String, events: [String])] = [
        (
            "jellyseerr", "Authorization",
            [
                "Request Pending Approval", "Request Automatically Approved", "Request Approved", "Request Declined",
                "Request Available", "Request Processing Failed",
            ]
        ),
        (
            "radarr", "X-Marquee-Token",
            [
                "On Grab", "On File Import", "On File Upgrade", "On Import Complete", "On Rename", "On Movie Added",
                "On Movie Delete", "On Movie File Delete", "On Manual Interaction Required",
            ]
        ),
        (
            "sonarr", "X-Marquee-Token",
            [
                "On Grab", "On File Import", "On File Upgrade", "On Import Complete", "On Rename", "On Series Add",
                "On Series Delete", "On Episode File Delete", "On Manual Interaction Required",
            ]
        ),
        ("jellyfin", "X-Marquee-Token", ["Item Added", "Item Deleted"]),
    ]

    func write(to json: inout JSONWriter) {
        json.object { json in
            json.array("hooks") { json in
                for (service, header, events) in Self.events where HookService(name: service) != nil {
                    for instance in instances(of: service) {
                        write(service, instance, header, events, to: &json)
                    }
                }
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

    private func write(
        _ service: String, _ instance: String, _ header: String, _ events: [String], to json: inout JSONWriter
    ) {
        let heard = summary.filter { $0.service == service && $0.instance == instance }
        json.object { json in
            json.field("service", service)
            json.field("instance", instance)
            json.field("url", base + "/hooks/" + service + (instance == "default" ? "" : "/" + instance))
            json.object("header") { json in
                json.field("name", header)
                json.field("value_from", "MARQUEE_WEBHOOK_TOKEN, else marquee.hook-token in the data directory")
            }
            json.array("events") { json in
                for event in events { json.value(event) }
            }
            json.field("last_heard", heard.map(\.lastHeard).max()?.rfc3339)
            json.object("counts") { json in
                for outcome in InboxOutcome.allCases {
                    json.key(string: outcome.rawValue)
                    json.value(heard.first { $0.outcome == outcome }?.count ?? 0)
                }
            }
        }
    }
}
