public import HTML

/// Which service shown on this page has fallen silent, beside the word "live".
public struct SilentNote: Component, Sendable {
    /// The element's id, for live patches on `health` events.
    public static let elementID = "silent"

    /// One silent service.
    public struct Silence: Sendable {
        public var service: String
        /// Unix milliseconds.
        public var since: Int64

        public init(service: String, since: Int64) {
            self.service = service
            self.since = since
        }
    }

    let silences: [Silence]
    let version: Int64
    let page: PageContext

    /// The note; empty while every service answers.
    public init(_ silences: [Silence], version: Int64, _ page: PageContext) {
        self.silences = silences
        self.version = version
        self.page = page
    }

    public var body: Markup {
        span(.id(Self.elementID), .data("version", String(version))) {
            for silence in silences.prefix(2) {
                " · " + page[.statusSilent, ["service": ActionWords.service(silence.service, page)]] + " "
                Moment(silence.since, isSpan: true)
            }
        }
    }
}
