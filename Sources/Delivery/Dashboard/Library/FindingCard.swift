import HTML

/// One finding: a sentence, both candidates side by side, one click to settle it.
struct FindingCard: Component {
    let finding: Finding
    let page: PageContext

    init(_ finding: Finding, _ page: PageContext) {
        self.finding = finding
        self.page = page
    }

    private var elementID: String { "finding-\(finding.id)" }

    var body: Markup {
        article(
            .id(elementID), .class("card finding"), .data("version", String(finding.version)), .flag("data-row"),
            .aria("labelledby", elementID + "-title")
        ) {
            header(.class("card-head")) {
                div {
                    h3(.id(elementID + "-title")) { bdi { finding.title } }
                    p { FindingWords.sentence(finding.kind, page) }
                    if let detail = finding.detail { p(.class("muted")) { detail } }
                }
                div(.class("card-side")) {
                    Badge(.attention, .alert, FindingWords.word(finding.kind, page))
                    span(.class("muted small")) {
                        page[.findingSince] + " "
                        Moment(finding.since)
                    }
                }
            }
            ActionForm(page, action: "/api/admin/findings/\(finding.id)/resolve", cssClass: "resolve") {
                if !finding.candidates.isEmpty {
                    div(.class("candidates")) {
                        for candidate in finding.candidates { side(candidate) }
                    }
                }
                if page.mayOperate && !finding.choices.isEmpty { choices }
            }
        }
    }

    private func side(_ candidate: Finding.Candidate) -> Markup {
        div(.class("candidate")) {
            p(.class("candidate-source")) {
                span { ActionWords.service(candidate.source, page) }
                if let link = candidate.link {
                    a(.href(link), .named("rel", "noreferrer"), .class("out")) {
                        page[.openIn, ["service": ActionWords.service(candidate.source, page)]]
                        Icon.link.markup
                    }
                }
            }
            MediaLabel(
                page, title: candidate.title, year: candidate.year, kind: candidate.kind,
                url: candidate.requestID.map { page.url("/request/\($0)") })
            dl(.class("facts")) {
                for (name, value) in candidate.facts {
                    div(.class(candidate.differing.contains(name) ? "differs" : "same")) {
                        dt { ActionWords.field(name, page) }
                        dd { FieldValue(page: page, field: name, value: value) }
                    }
                }
                if let path = candidate.path {
                    div {
                        dt { page[.fieldPath] }
                        dd { code { bdi { path } } }
                    }
                }
            }
            if page.mayOperate, let choice = candidate.choice {
                ActionButton(
                    .secondary, page[.choiceUse], icon: .check, name: "choice", value: choice,
                    label: page[.choiceUseLabel, ["title": candidate.title]])
            }
        }
    }

    private var choices: Markup {
        div(.class("actions")) {
            for choice in finding.choices {
                ActionButton(
                    choice == .adopt ? .primary : .secondary, FindingWords.word(choice, page), name: "choice",
                    value: choice.rawValue,
                    label: page[.choiceLabel, ["choice": FindingWords.word(choice, page), "title": finding.title]])
            }
        }
    }
}
