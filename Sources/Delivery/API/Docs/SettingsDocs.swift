import OpenAPI
import Settings
import Shapes

extension RouteDoc {
    private static let section = [
        "section": Schema.choice(SettingSection.all.map(\.name)).note("Marquee's own settings, or a service.")
    ]

    static let listSettings = RouteDoc(
        .settings, "listSettings", "Shows every setting with its source; secrets are never told.",
        answers: .fresh(ListShape<SettingsSectionShape>.schema("sections")))

    static let getSettings = RouteDoc(
        .settings, "getSettings", "Shows the settings of one section.", path: section,
        answers: .fresh(SettingsSectionShape.schema))

    static let changeSettings = RouteDoc(
        .settings, "changeSettings", "Saves settings; what the environment sets stays as it is.",
        "A service whose address or credentials change is tested first. By key, for services by instance; null goes back "
            + "to the default.",
        path: section,
        takes: [.query("untested", .boolean.otherwise("false"), "Saves without the test.")],
        body: Operation.Body(.map(.any)), answers: .ok(SettingsSectionShape.schema), refuses: [409])

    static let installWebhook = RouteDoc(
        .settings, "installWebhook",
        "Sets Marquee's webhook in Sonarr, Radarr or Seerr, and waits for the service's test.",
        "With a secret made for it; the old one stays valid until the new one is first heard. An entry of another program "
            + "is never replaced.",
        path: section,
        body: Operation.Body(
            [
                "instance": .string.otherwise("\"default\"").sometimes,
                "url": .string.note("Marquee's address as the service reaches it; else the one this call came to.")
                    .sometimes,
                "dry_run": .boolean.otherwise("false").note("Only tells what would change.").sometimes,
            ], isRequired: false),
        answers: .ok(HookInstallationShape.schema))

    static let testService = RouteDoc(
        .settings, "testService", "Tries what is entered, with what is stored for fields left out.",
        path: section,
        takes: [.query("instance", .string.otherwise("\"default\""))],
        body: Operation.Body(.map(.any), isRequired: false), answers: .ok(ProbeShape.schema))
}
