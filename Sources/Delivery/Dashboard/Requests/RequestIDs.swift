import HTML

/// The ids of one request, each to be copied.
struct RequestIDs: Component {
    let model: RequestPage.Model
    let page: PageContext

    var body: Markup {
        section(.class("card"), .aria("labelledby", "ids-title")) {
            h2(.id("ids-title")) { page[.idsTitle] }
            if model.ids.isEmpty {
                p(.class("muted")) { page[.idsEmpty] }
            } else {
                dl(.class("facts ids")) {
                    for (name, value) in model.ids {
                        div {
                            dt { ActionWords.field(name, page) }
                            dd {
                                code(.data("copy", page[.idsCopy, ["name": ActionWords.field(name, page)]])) { value }
                            }
                        }
                    }
                }
            }
        }
    }
}
