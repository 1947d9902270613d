extension JSONWriter {
    /// Writes a value that was read, as it was read: numbers keep their digits, repeated members stay.
    ///
    /// An absent value is written as `null`. The depth is the tree's, which is limited.
    public mutating func value(_ node: JSONNode) {
        switch node.kind {
        case .object:
            object { json in
                for (key, child) in node.members {
                    json.key(string: key)
                    json.value(child)
                }
            }
        case .array:
            array { json in
                for child in node.elements { json.value(child) }
            }
        case .string: value(node.text)
        case .number: raw((node.scalar ?? "null").utf8)
        case .bool: value(node.bool)
        case .absent, .null: null()
        }
    }
}
