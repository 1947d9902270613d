import Dashboard
import OpenAPI
import Shapes

extension RouteDoc {
    private static let filters = listRequests.operation?.parameters.filter { $0.name != "limit" && $0.name != "after" }

    static let exportRequests = RouteDoc(
        .requests, "exportRequests", "Gives the filtered list as a file, whole.",
        "CSV cells that a spreadsheet would take for a formula begin with an apostrophe.",
        takes: [.query("format", .choice(["csv", "json"]).otherwise("\"csv\""))] + (filters ?? []),
        answers: [
            Answer(200, "The file.", "text/csv", .string).or(
                "application/json", ["exported_at": .time, "requests": .array(RequestShape.schema)])
        ])

    static let chooseColumns = RouteDoc(
        .requests, "chooseColumns", "Remembers in the browser which columns its list shows.",
        body: Operation.Body(["show": .array(.choice(RequestsPage.Column.self)).orNull.sometimes], isRequired: false),
        answers: .nothing)

    static let listSavedFilters = RouteDoc(
        .requests, "listSavedFilters", "Lists the filters the caller keeps.",
        answers: .fresh(ListShape<SavedFilterShape>.schema("saved_filters")))

    static let saveFilter = RouteDoc(
        .requests, "saveFilter", "Keeps a filter under a name; one of that name is replaced.",
        body: Operation.Body([
            "name": .string(1...60),
            "query": .string.orNull.sometimes.note("As in the address of the list: `state=failed`."),
        ]),
        answers: .created(SavedFilterShape.schema), refuses: [409])

    static let deleteSavedFilter = RouteDoc(
        .requests, "deleteSavedFilter", "Forgets a kept filter.", answers: .nothing)

    static let deleteSavedFilterByForm = RouteDoc(
        .requests, "deleteSavedFilterByForm", "Forgets a kept filter: for forms, which cannot send DELETE.",
        answers: .nothing)
}
