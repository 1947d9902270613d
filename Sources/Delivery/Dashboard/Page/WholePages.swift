public import HTML

// Each page with its frame. The API serves these; fragments and patches come without the frame.

extension ActivityPage {
    /// The whole page.
    public func whole(_ frame: Frame) -> Markup {
        Layout(page, frame, active: .activity, title: page[.activityTitle], view: "activity") { body }.body
    }
}

extension StatusPage {
    /// The whole page.
    public func whole(_ frame: Frame) -> Markup {
        Layout(page, frame, active: .status, title: page[.statusTitle], view: "status") { body }.body
    }
}

extension LibraryPage {
    /// The whole page.
    public func whole(_ frame: Frame) -> Markup {
        var layout = Layout(page, frame, active: .library, title: page[.libraryTitle], view: "library") { body }
        layout.isChanging = model.running != nil
        return layout.body
    }
}

extension RequestsPage {
    /// The whole page.
    public func whole(_ frame: Frame) -> Markup {
        var layout = Layout(page, frame, active: .requests, title: page[.requestsTitle], view: "requests") { body }
        layout.search = model.filters.search
        return layout.body
    }
}

extension RequestPage {
    /// The whole page.
    public func whole(_ frame: Frame) -> Markup {
        let view = "request:\(model.row.id)"
        return Layout(page, frame, active: .requests, title: model.row.title, view: view) { body }.body
    }
}

extension HistoryPage {
    /// The whole page.
    public func whole(_ frame: Frame) -> Markup {
        Layout(page, frame, active: .history, title: page[.historyTitle], view: "history") { body }.body
    }
}

extension DeletePage {
    /// The whole page.
    public func whole(_ frame: Frame) -> Markup {
        Layout(page, frame, active: .deletions, title: page[.deletionsTitle], view: "deletions") { body }.body
    }
}

extension DeletionsPage {
    /// The whole page.
    public func whole(_ frame: Frame) -> Markup {
        Layout(page, frame, active: .deletions, title: page[.deletionsTitle], view: "deletions") { body }.body
    }
}

extension MusicPage {
    /// The whole page.
    public func whole(_ frame: Frame) -> Markup {
        Layout(page, frame, active: .music, title: page[.musicTitle], view: "music") { body }.body
    }
}

extension PublishingPage {
    /// The whole page.
    public func whole(_ frame: Frame) -> Markup {
        Layout(page, frame, active: .publishing, title: page[.publishingTitle], view: "publishing") { body }.body
    }
}
