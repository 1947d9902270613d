public import Administration
public import JSONStream
public import OpenAPI
import Settings

/// What came of installing a webhook in a service.
public struct HookInstallationShape: Shape {
    let order: HookOrder
    let installation: HookInstallation

    public static let schema = Schema.named(
        "HookInstallation",
        [
            "instance": .string, "url": .string.note("The hook's address, as the service reaches it."),
            "result": .choice(HookInstallation.Result.self).note(
                "`planned` for a dry run; `foreign` where the place is another program's; `refused` by the service."),
            "tested": .boolean.note("Whether the service's own test arrived with the new secret."),
            "changes": .array(.string), "summary": .string,
        ])

    public init(_ order: HookOrder, _ installation: HookInstallation) {
        self.order = order
        self.installation = installation
    }

    public func write(to json: inout JSONWriter) {
        json.object { json in
            json.field("instance", order.instance.instance)
            json.field("url", order.url)
            json.field("result", installation.result.rawValue)
            json.field("tested", installation.isTested)
            json.array("changes") { json in
                for change in installation.changes { json.value(change) }
            }
            json.field("summary", installation.sentence)
        }
    }
}
