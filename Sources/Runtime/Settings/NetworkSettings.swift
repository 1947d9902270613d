public import HTTPClient

/// Who may call Marquee from where and how often, and where Marquee itself may not call (security.md §5, §7, §9).
public struct NetworkSettings: Sendable {
    /// How often one identity may call; nil without a limit.
    public var apiRate: CallRate?
    /// Origins whose pages may read the API with a key.
    public var corsOrigins: [String]
    /// Blocks of addresses that are never called, beside those that nobody may call.
    public var outboundDeny: [AddressRange]
}

extension SettingReader {
    mutating func network() -> NetworkSettings {
        NetworkSettings(
            apiRate: value(SettingCatalogue.apiRate).rate, corsOrigins: value(SettingCatalogue.corsOrigins),
            outboundDeny: value(SettingCatalogue.outboundDeny))
    }
}
