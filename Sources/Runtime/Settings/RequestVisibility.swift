/// Which requests a user sees (security.md §3).
public enum RequestVisibility: String, Sendable, CaseIterable {
    case own, all
}

extension Rule where Value == RequestVisibility {
    /// `own` or `all`.
    public static var visibility: Rule {
        .text("own or all", schema: .choice(RequestVisibility.allCases.map(\.rawValue))) { text in
            RequestVisibility(rawValue: text.lowercased())
        }
    }
}
