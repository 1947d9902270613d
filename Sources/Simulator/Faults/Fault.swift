/// One fault a test asked for: which calls it meets and what happens to them.
public struct Fault: Sendable, Hashable {
    /// Its number, counted from 1 since the start.
    public internal(set) var id = 0
    /// The service's name, or `*` for every one.
    public var service: String
    /// Path below the service's own, compared without case; `*` stands for any text.
    public var path: String
    /// What happens.
    public var kind: Kind
    /// First and last of the matching calls it concerns, counted from 1.
    public var calls: ClosedRange<Int>
    /// Virtual moments it is in force between; nil always.
    var window: Range<Int64>?
    /// Share of those calls it concerns, drawn from the seed.
    public var probability: Double
    /// Numbers that kinds take: `bytes`, `seconds`, `percent`, `items`, `every`, `by`.
    public var parameters: [String: Int]

    /// Every kind of fault, by its name in the control API.
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        /// The connection closes without an answer; libcurl repeats such a call once by itself.
        case refuse
        /// The call waits until released (`DELETE /simulator/fault`) or the caller gives up.
        case hold
        case unauthorized = "401"
        case serverError = "500"
        case badGateway = "502"
        case tooManyRequests = "429"
        /// 503 with HTML, as Jellyfin while it starts or migrates.
        case starting = "503"
        /// HTML with status 200, as from a proxy's login page.
        case htmlPage = "html"
        /// `bytes` per second (1,000).
        case slow
        /// The body ends after `bytes` (half of a small one) and the connection closes.
        case truncate
        /// Garbage after `bytes` (half of a small one).
        case malformed
        case emptyPage = "empty_page"
        /// Nothing after the first `items` (100).
        case partial
        /// The library is smaller by `percent` (30).
        case shrunken
        /// Later pages begin `items` (5) early.
        case repeatItems = "repeat_items"
        /// Later pages begin `items` (5) late.
        case skipItems = "skip_items"
        /// The total is off by `by` (1), times the number of the call.
        case changingTotal = "changing_total"
        /// Every n-th item (`every`, 10) has no provider ids.
        case withoutIDs = "without_ids"
        /// Every n-th item has ids of the other JSON type.
        case numericIDs = "numeric_ids"
        /// Every n-th item has empty ids.
        case emptyIDs = "empty_ids"
        /// The answer grows to `bytes` (40,000,000).
        case huge
        /// Success without any effect; reads are answered as ever.
        case acceptOnly = "accept_only"
        /// The webhook is never sent. For these kinds `path` is the event's name.
        case dropWebhook = "drop_webhook"
        /// Sent `times` (2).
        case duplicateWebhook = "duplicate_webhook"
        /// Sent up to `seconds` (60) later, so that others overtake it.
        case reorderWebhook = "reorder_webhook"
        /// Sent `seconds` (60) later.
        case delayWebhook = "delay_webhook"
    }

    /// Makes a fault that meets every call, unless told otherwise.
    public init(
        _ kind: Kind, service: String = "*", path: String = "*", calls: ClosedRange<Int> = 1...Int.max,
        probability: Double = 1, parameters: [String: Int] = [:]
    ) {
        self.kind = kind
        self.service = service
        self.path = path
        self.calls = calls
        self.probability = probability
        self.parameters = parameters
    }

    /// Whether a call to this service and path is meant.
    func concerns(service: String, path: String) -> Bool {
        (self.service == "*" || self.service == service)
            && Self.matches(Array(path.lowercased().utf8)[...], Array(self.path.lowercased().utf8)[...])
    }

    private static func matches(_ text: ArraySlice<UInt8>, _ pattern: ArraySlice<UInt8>) -> Bool {
        guard let first = pattern.first else { return text.isEmpty }
        guard first == UInt8(ascii: "*") else {
            return text.first == first && matches(text.dropFirst(), pattern.dropFirst())
        }
        let rest = pattern.dropFirst()
        return (text.startIndex...text.endIndex).contains { matches(text[$0...], rest) }
    }

    /// Whether it concerns webhooks, in place of calls.
    var isOfWebhooks: Bool {
        [.dropWebhook, .duplicateWebhook, .reorderWebhook, .delayWebhook].contains(kind)
    }

    /// A parameter, or the value it has when left out.
    func parameter(_ name: String, _ fallback: Int) -> Int { parameters[name] ?? fallback }

    /// What the fault does to a listing, at its n-th call; nil for faults of the whole answer.
    func twist(call: Int) -> ListingTwist? {
        switch kind {
        case .emptyPage: .emptyPage
        case .partial: .stopAfter(parameter("items", 100))
        case .shrunken: .shrunken(percent: parameter("percent", 30))
        case .repeatItems: .repeatItems(parameter("items", 5))
        case .skipItems: .skipItems(parameter("items", 5))
        case .changingTotal: .totalOff(by: parameter("by", 1) * call)
        case .withoutIDs: .withoutIDs(every: max(1, parameter("every", 10)))
        case .numericIDs: .otherIDType(every: max(1, parameter("every", 10)))
        case .emptyIDs: .emptyIDs(every: max(1, parameter("every", 10)))
        case .huge: .padded(bytes: parameter("bytes", 40_000_000))
        default: nil
        }
    }
}
