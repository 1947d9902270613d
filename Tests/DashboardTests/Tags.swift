/// The start tags of a page, read just well enough to ask questions about them.
struct Tag {
    let name: String
    let attributes: [(name: String, value: String?)]

    subscript(_ name: String) -> String? {
        attributes.first { $0.name == name }.map { $0.value ?? "" }
    }

    func has(_ name: String) -> Bool { self[name] != nil }
}

/// Start tags and texts in order.
enum Piece {
    case open(Tag)
    case close(String)
    case text(String)
}

func pieces(_ html: String) -> [Piece] {
    var pieces: [Piece] = []
    var rest = html[...]
    while let open = rest.firstIndex(of: "<") {
        if open > rest.startIndex { pieces.append(.text(String(rest[..<open]))) }
        // Values are escaped, so the first `>` ends the tag.
        guard let close = rest[open...].firstIndex(of: ">") else { break }
        let inside = rest[rest.index(after: open)..<close]
        if inside.hasPrefix("/") {
            pieces.append(.close(String(inside.dropFirst())))
        } else if !inside.hasPrefix("!") {
            pieces.append(.open(tag(inside)))
        }
        rest = rest[rest.index(after: close)...]
    }
    return pieces
}

func tags(_ html: String) -> [Tag] {
    pieces(html).compactMap { if case .open(let tag) = $0 { tag } else { nil } }
}

private func tag(_ inside: Substring) -> Tag {
    var rest = inside
    let name = rest.prefix { $0 != " " }
    rest = rest.dropFirst(name.count)
    var attributes: [(String, String?)] = []
    while true {
        rest = rest.drop { $0 == " " }
        let key = rest.prefix { $0 != "=" && $0 != " " }
        if key.isEmpty { break }
        rest = rest.dropFirst(key.count)
        guard rest.hasPrefix("=\"") else {
            attributes.append((String(key), nil))
            continue
        }
        rest = rest.dropFirst(2)
        let value = rest.prefix { $0 != "\"" }
        rest = rest.dropFirst(value.count + 1)
        attributes.append((String(key), String(value)))
    }
    return Tag(name: String(name), attributes: attributes)
}
