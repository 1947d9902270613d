public import HTTPClient

extension SettingCatalogue {
    public static let apiRate = Setting(
        "MARQUEE_API_RATE", .callLimit, default: "`off`",
        meaning:
            "calls of `/api` and `/hooks` one user, key, sender or, without a login, address may make; more are 429",
        owner: "security"
    ).defaulting(to: .off)
    public static let corsOrigins = Setting(
        "MARQUEE_CORS_ORIGINS", .origins, default: "none",
        meaning: "origins whose pages may read the API, with a key and never with cookies", owner: "security"
    ).defaulting(to: [])
    public static let outboundDeny = Setting(
        "MARQUEE_OUTBOUND_DENY", .addressRanges, default: "none",
        meaning: "addresses Marquee never calls, beside link-local, metadata and multicast ones", owner: "security"
    ).defaulting(to: [])

    static let networkFacts: [SettingFacts] = [apiRate.facts, corsOrigins.facts, outboundDeny.facts]
}
