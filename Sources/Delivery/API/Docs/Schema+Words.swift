import Dashboard
import OpenAPI

extension Schema {
    /// What kind of value it is, in words.
    var words: String {
        let own = kindWords
        return isNullable ? own + ", or null" : own
    }

    private var kindWords: String {
        switch kind {
        case .any: "anything"
        case .null: "null"
        case .boolean: "true or false"
        case .number: "number"
        case .integer(let least?, let most?): "\(least) to \(most)"
        case .integer: "whole number"
        case .text("date-time"?, _, _, _): "time"
        case .text(_, let choices, _, _) where !choices.isEmpty: choices.joined(separator: ", ")
        case .text: "text"
        case .array(let element, _): "list of " + element.words
        case .map(let value): "object of " + value.words
        case .object: "object"
        case .either(let forms): forms.map(\.words).joined(separator: " or ")
        case .named(let name, _): name
        }
    }

    /// The named form it speaks of, itself or as a list.
    var link: String? {
        switch kind {
        case .named(let name, _): name
        case .array(let element, _), .map(let element): element.link
        default: nil
        }
    }

    /// Its members with those of the objects inside, `ids.tmdb`; nothing for what has none.
    var rows: [DocsTable.Row] {
        guard case .object(let own) = members.kind else { return [] }
        return own.flatMap { member in
            let name = member.name + (member.schema.isOptional ? "?" : "")
            let row = DocsTable.Row(name, member.schema.words, link: member.schema.link, member.schema.text)
            return [row] + member.schema.rowsInside(member.name)
        }
    }

    /// The members of an object, or of a list's objects, written out under a name.
    private func rowsInside(_ name: String) -> [DocsTable.Row] {
        switch kind {
        case .object: rows.map { DocsTable.Row("\(name).\($0.name)", $0.form, link: $0.link, $0.text) }
        case .array(let element, _): element.rowsInside(name + "[]")
        default: []
        }
    }
}
