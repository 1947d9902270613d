import HTML

/// A drawing of the sprite each page carries; it decorates a word and never stands for it.
enum Icon: String, CaseIterable {
    case down, library, requests, search, sync, check, alert, clock, cross, dot, arrow, plus, pen, split, shield
    case film, tv, undo, play, eye, moon, link, copy, activity, status, person, gear
    case trash, music, send, history, more

    /// The icon at text size.
    var markup: Markup {
        svg(.class("icon"), .decorative) { use(.named("href", "#i-" + rawValue)) }
    }

    /// All drawings once, for the top of the page.
    static let sprite: Markup = svg(.class("sprite"), .decorative) {
        for icon in allCases {
            symbol(.id("i-" + icon.rawValue), .named("viewBox", "0 0 16 16")) { icon.drawing }
        }
    }

    private var drawing: Markup {
        switch self {
        case .dot: circle(.named("cx", "8"), .named("cy", "8"), .named("r", "3.2"), .class("solid"))
        default: path(.named("d", outline))
        }
    }

    private var outline: String {
        switch self {
        case .down: "M8 2.5v8M4.5 7.3L8 10.8l3.5-3.5M3 13.5h10"
        case .library: "M2.5 2.5v11M6 2.5v11M9.3 3l3.7 10.3"
        case .requests: "M2.5 4h11M2.5 8h11M2.5 12h7"
        case .search: "M7 12A5 5 0 1 0 7 2a5 5 0 0 0 0 10M10.6 10.6L14 14"
        case .sync:
            "M13.3 6.5A5.5 5.5 0 0 0 3.3 5L2 6.5M2 3v3.5h3.5M2.7 9.5a5.5 5.5 0 0 0 10 1.5l1.3-1.5M14 13V9.5h-3.5"
        case .check: "M3 8.5l3.4 3.4L13 4.7"
        case .alert: "M8 2.2l6.3 11.3H1.7zM8 6.5v3.2M8 11.6v.1"
        case .clock: "M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12M8 4.7V8l2.3 1.5"
        case .cross: "M4 4l8 8M12 4l-8 8"
        case .gear: "M2 5h7M12 5h2M2 11h3M8 11h6M10 3v4M6 9v4"
        case .arrow: "M2.5 8h10.5M9 4l4 4-4 4"
        case .plus: "M8 3v10M3 8h10"
        case .pen: "M3 13l.7-3L10.8 2.9a1.3 1.3 0 0 1 1.9 0l.4.4a1.3 1.3 0 0 1 0 1.9L6 12.3z"
        case .split: "M8 14V9L3.5 4.5M8 9l4.5-4.5M3.5 8V4.5H7M12.5 8V4.5H9"
        case .shield: "M8 2l5 2v4c0 3-2 5-5 6-3-1-5-3-5-6V4zM8 5.5v3M8 11v0"
        case .film: "M2 3h12v10H2zM5 3v10M11 3v10M2 8h12"
        case .tv: "M2 3.5h12v8H2zM5.5 14h5"
        case .undo: "M3 6.5h6.5a3.5 3.5 0 0 1 0 7H6M5.8 3.5l-3 3 3 3"
        case .play: "M4.5 3v10L13 8z"
        case .eye:
            "M1.5 8S4 3.5 8 3.5 14.5 8 14.5 8 12 12.5 8 12.5 1.5 8 1.5 8M8 9.8a1.8 1.8 0 1 0 0-3.6 1.8 1.8 0 0 0 0 3.6"
        case .moon: "M13.5 9.5A5.8 5.8 0 0 1 6.5 2.5a5.8 5.8 0 1 0 7 7"
        case .link: "M6.5 9.5l5-5M7.5 3.5H12.5v5M12 10.5v2.5H3V4h2.5"
        case .copy: "M5.5 5.5h8v8h-8zM10.5 5.5v-3h-8v8h3"
        case .activity: "M1.5 8.5H4l2-5.5 3.5 10 2-4.5h3"
        case .status: "M3 13.5V9.5M8 13.5v-11M13 13.5v-7"
        case .person: "M8 8a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5M3 14c.5-3 2.4-4 5-4s4.5 1 5 4"
        case .trash: "M3 4.5h10M6 4.5v-2h4v2M4.2 4.5l.6 9h6.4l.6-9"
        case .music:
            "M6 12.2V3.5l7-1.3v8.6M6 12.2a2 1.7 0 1 1-4 0 2 1.7 0 0 1 4 0M13 10.8a2 1.7 0 1 1-4 0 2 1.7 0 0 1 4 0"
        case .send: "M14 2L7.2 8.8M14 2L9.6 14 7.2 8.8 2 6.4z"
        case .history: "M2 8a6 6 0 1 0 2-4.4L2 5.4M2 2v3.4h3.4M8 5v3l2 1.5"
        case .more: "M3 8h0M8 8h0M13 8h0"
        case .dot: ""
        }
    }
}
