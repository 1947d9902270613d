/// What a reader is told: that something happened at its service, or an id by which a request is known from now on.
///
/// It has a form as text, because the replica that hears a webhook is not always the one that reads.
enum WakeCall: Sendable, Hashable {
    /// Look again at `radarr` or `radarr/4k`.
    case read(String)
    /// A download's id.
    case download(String)
    /// A title of an *arr's instance.
    case title(String, Int64)

    private static let mark = "wake"

    init?(text: Substring) {
        let words = text.split(separator: " ").map(String.init)
        guard words.count >= 2 else { return nil }
        switch (words[0], words.count) {
        case ("read", 2): self = .read(words[1])
        case ("download", 2): self = .download(words[1])
        case ("title", 3):
            guard let id = Int64(words[2]) else { return nil }
            self = .title(words[1], id)
        default: return nil
        }
    }

    var text: String {
        switch self {
        case .read(let instance): "read \(instance)"
        case .download(let id): "download \(id)"
        case .title(let instance, let id): "title \(instance) \(id)"
        }
    }

    /// Packs calls into notices of the database, which hold less than 8,000 bytes each.
    static func notices(_ calls: some Sequence<WakeCall>) -> [String] {
        var notices: [String] = []
        for call in calls {
            if let last = notices.last, last.utf8.count + call.text.utf8.count < 7_000 {
                notices[notices.count - 1] = last + "\n" + call.text
            } else {
                notices.append(mark + "\n" + call.text)
            }
        }
        return notices
    }

    /// The calls in a notice; none in one of another kind.
    static func calls(in notice: String) -> [WakeCall] {
        let lines = notice.split(separator: "\n")
        guard lines.first.map(String.init) == mark else { return [] }
        return lines.dropFirst().compactMap { WakeCall(text: $0) }
    }
}
