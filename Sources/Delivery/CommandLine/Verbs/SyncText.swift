/// A SyncResult for people: what changed, the counters, and what needs attention.
struct SyncText {
    private let result: JSONValue

    /// How to go on after a dry run; `{job}` stands for its number.
    private let again: String

    init(_ result: JSONValue, again: String) {
        self.result = result
        self.again = again
    }

    func print(on console: Console) {
        printChanges(on: console)
        let isDryRun = result["dry_run"].flag
        console.write("\n" + headline(isDryRun) + "\n")
        for (reason, count) in result["skipped_by_reason"].members.sorted(by: { $0.key < $1.key }) {
            console.write("  skipped \(reason): \(count.text ?? "")\n")
        }
        for (name, words) in [
            ("became_available", "became available"), ("conflicts", "conflicts"), ("drift", "drift"),
            ("stale", "changed since the plan"),
        ] {
            if let count = result[name].integer, count > 0 { console.write("  \(words): \(count)\n") }
        }
        for error in result["error_details"].array {
            console.say(
                "error: \(error["title"].text ?? "") (\(error["item"].text ?? "")): \(error["detail"].text ?? "")", .red
            )
        }
        for warning in result["warnings"].array {
            console.say("warning: \(warning["service"].text ?? ""): \(warning["detail"].text ?? "")", .yellow)
        }
        if isDryRun, let job = result["job_id"].integer {
            console.write("Nothing was written. \(again.replacing("{job}", with: String(job)))\n")
        }
    }

    private func headline(_ isDryRun: Bool) -> String {
        let would = isDryRun ? "Preview" : "Sync"
        let milliseconds = result["duration_ms"].integer ?? 0
        func count(_ name: String) -> String { result[name].text ?? "0" }
        return "\(would) \(count("job_id")): \(count("total_scanned")) scanned, \(count("added")) added, "
            + "\(count("updated")) updated, \(count("skipped")) skipped, \(count("errors")) errors "
            + "(\(count("upstream_calls")) calls, \(milliseconds) ms)"
    }

    /// The first changes as a table; a full plan is on the library page and in the API.
    private func printChanges(on console: Console) {
        let changes = result["changes"].array
        guard !changes.isEmpty else { return }
        var table = Table([
            .init("ACTION"), .init("TITLE", flexible: true), .init("YEAR", .right), .init("FIELD"),
            .init("BEFORE → AFTER", flexible: true),
        ])
        for change in changes.prefix(20) {
            let fields = change["fields"].array.filter { $0["field"].text != "overview" }
            let isAddition = change["action"].text == "add"
            let first = isAddition ? fields.first { $0["field"].text == "state" } : fields.first
            table.append([
                Table.Cell(change["action"].text ?? ""), Table.Cell(change["title"].text ?? ""),
                Table.Cell(change["year"].text ?? ""), Table.Cell(first?["field"].text ?? change["kind"].text ?? ""),
                Table.Cell(first.map { arrow($0) } ?? conflict(change)),
            ])
            guard !isAddition else { continue }
            for field in fields.dropFirst() {
                table.append(["", "", "", Table.Cell(field["field"].text ?? ""), Table.Cell(arrow(field))])
            }
        }
        console.write(table.rendered(for: console.terminal))
        if changes.count > 20 || result["changes_next"].text != nil {
            console.write("… and more: /library?job=\(result["job_id"].text ?? "")\n")
        }
    }

    private func arrow(_ field: JSONValue) -> String {
        "\(field["before"].text ?? "–") → \(field["after"].text ?? "–")"
    }

    private func conflict(_ change: JSONValue) -> String {
        change["conflicts"].array.map {
            "\($0["field"].text ?? ""): stored \($0["stored"].text ?? ""), found \($0["found"].text ?? "")"
        }.joined(separator: "; ")
    }
}
