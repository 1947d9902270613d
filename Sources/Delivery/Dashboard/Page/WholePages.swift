public import HTML

// Each page with its frame. The API serves these; fragments and patches come without the frame.

extension LibraryPage {
    /// The whole page; `version` is the newest event id the models were read at.
    public func whole(jobs: [JobModel], version: Int64) -> Markup {
        var layout = Layout(page, active: .library, title: page[.libraryTitle], view: "library") { body }
        layout.jobs = jobs
        layout.version = version
        layout.isChanging = model.running != nil
        return layout.body
    }
}

extension RequestsPage {
    /// The whole page; `version` is the newest event id the models were read at.
    public func whole(jobs: [JobModel], version: Int64) -> Markup {
        var layout = Layout(page, active: .requests, title: page[.requestsTitle], view: "requests") { body }
        layout.jobs = jobs
        layout.version = version
        layout.search = model.filters.search
        return layout.body
    }
}

extension RequestPage {
    /// The whole page; `version` is the newest event id the models were read at.
    public func whole(jobs: [JobModel], version: Int64) -> Markup {
        let view = "request:\(model.row.id)"
        var layout = Layout(page, active: .requests, title: model.row.title, view: view) { body }
        layout.jobs = jobs
        layout.version = version
        return layout.body
    }
}
